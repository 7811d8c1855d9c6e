using System.CommandLine;
using System.Globalization;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants.FindTenant;

namespace SdkChat.Api.CommandLine;

/// <summary><c>token tenant</c> and <c>token backoffice</c>: one JWT on standard output, for a development instance.</summary>
internal static class TokenCommand
{
    private const int MaxLifetimeSeconds = 30 * 24 * 3600;

    public static Command Create() => new("token", "Print a JWT for a development instance, and nothing else. Refused in Production.")
    {
        Tenant(),
        Backoffice(),
    };

    private static VerbCommand Tenant()
    {
        var tenant = new Option<string>("--tenant") { Description = "Code of the tenant, for instance demo", HelpName = "NAME", Required = true };
        var role = new Option<string>("--role") { Description = "The token's role", DefaultValueFactory = _ => "admin" };
        var (lifetime, data) = (LifetimeOption(), Verb.DataOption());
        var command = new VerbCommand(
            "tenant",
            "A tenant's token.",
            "token tenant --tenant demo",
            "token tenant --tenant acme --role viewer --ttl 60")
        {
            tenant, role, lifetime, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (settings, folder) = Prepare(parsed.GetValue(data));
            await using var verb = await Verb.StartAsync(settings, folder, cancellationToken);
            var found = await verb.SendAsync(new FindTenantQuery(parsed.GetValue(tenant)!), cancellationToken);
            Console.WriteLine(Tokens(settings, folder).ForTenant(found, parsed.GetValue(role)!, Lifetime(parsed, lifetime)));
        });
        return command;
    }

    private static VerbCommand Backoffice()
    {
        var role = new Option<string>("--role") { Description = "The token's role", DefaultValueFactory = _ => "ROLE_ADMIN" };
        var (lifetime, data) = (LifetimeOption(), Verb.DataOption());
        var command = new VerbCommand(
            "backoffice",
            "A super admin's token.",
            "token backoffice",
            "token backoffice --role ROLE_SUPPORT --ttl 60")
        {
            role, lifetime, data,
        };
        command.SetAction(parsed =>
        {
            var (settings, folder) = Prepare(parsed.GetValue(data));
            Console.WriteLine(Tokens(settings, folder).ForBackoffice(parsed.GetValue(role)!, Lifetime(parsed, lifetime)));
        });
        return command;
    }

    /// <summary>Signs in the form that the configured schemes expect: with their secrets, else with the folder's keys.</summary>
    public static DevelopmentTokens Tokens(WebApplicationBuilder settings, DataFolder folder)
    {
        DevelopmentKeys.Of(folder).AddTo(settings.Configuration);
        return new DevelopmentTokens(
            JwtSchemeOptions.Read(settings.Configuration, Schemes.Tenant),
            JwtSchemeOptions.Read(settings.Configuration, Schemes.Backoffice),
            TimeProvider.System);
    }

    private static (WebApplicationBuilder Settings, DataFolder Folder) Prepare(string? data)
    {
        var settings = Verb.Settings();
        if (settings.Environment.IsProduction())
            throw new CommandFailedException("Tokens are made for development instances alone; in Production your issuer signs them.");
        return (settings, DataFolder.Open(data));
    }

    private static Option<int> LifetimeOption()
    {
        var option = new Option<int>("--ttl")
        {
            Description = "Seconds until it expires",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => (int)DevelopmentTokens.DefaultLifetime.TotalSeconds,
        };
        option.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens.SingleOrDefault()?.Value ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || seconds is < 1 or > MaxLifetimeSeconds)
                result.AddError($"--ttl takes seconds, from 1 to {MaxLifetimeSeconds}");
        });
        return option;
    }

    private static TimeSpan Lifetime(ParseResult parsed, Option<int> option) => TimeSpan.FromSeconds(parsed.GetValue(option));
}
