using System.CommandLine;
using System.Globalization;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Development.Instance;

namespace SdkChat.Development.Commands;

/// <summary><c>token tenant</c> and <c>token backoffice</c>: one JWT on standard output, for a development instance.</summary>
internal static class TokenCommand
{
    private const int MaxLifetimeSeconds = 30 * 24 * 3600;

    public static Command Create(DevelopmentDatabaseSource databases) =>
        new("token", "Print a JWT for a development instance, and nothing else. Refused in Production.")
        {
            Tenant(databases),
            Backoffice(databases),
        };

    private static VerbCommand Tenant(DevelopmentDatabaseSource databases)
    {
        var tenant = TenantOption.Required();
        var role = new Option<string>("--role") { Description = "The token's role", DefaultValueFactory = _ => "admin" };
        var lifetime = LifetimeOption();
        var command = new VerbCommand(
            "tenant",
            "A tenant's token.",
            "token tenant --tenant demo",
            "token tenant --tenant acme --role viewer --ttl 60")
        {
            tenant, role, lifetime, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (settings, folder) = Prepare(databases.Folder(parsed));
            var database = await DevelopmentDatabaseSource.OpenAsync(folder, settings, exclusive: false, cancellationToken);
            await using var context = await CommandContext.StartAsync(settings, database, cancellationToken);
            var found = await context.SendAsync(new FindTenantQuery(parsed.GetValue(tenant)!), cancellationToken);
            Console.WriteLine(
                DevelopmentTokens.Create(settings, folder).ForTenant(found, parsed.GetValue(role)!, Lifetime(parsed, lifetime)));
        });
        return command;
    }

    private static VerbCommand Backoffice(DevelopmentDatabaseSource databases)
    {
        var role = new Option<string>("--role") { Description = "The token's role", DefaultValueFactory = _ => "ROLE_ADMIN" };
        var lifetime = LifetimeOption();
        var command = new VerbCommand(
            "backoffice",
            "A super admin's token.",
            "token backoffice",
            "token backoffice --role ROLE_SUPPORT --ttl 60")
        {
            role, lifetime, databases,
        };
        command.SetAction(parsed =>
        {
            var (settings, folder) = Prepare(databases.Folder(parsed));
            Console.WriteLine(DevelopmentTokens.Create(settings, folder).ForBackoffice(parsed.GetValue(role)!, Lifetime(parsed, lifetime)));
        });
        return command;
    }

    private static (WebApplicationBuilder Settings, DataFolder Folder) Prepare(DataFolder folder)
    {
        var settings = CommandContext.Settings();
        if (settings.Environment.IsProduction())
            throw new CommandFailedException("Tokens are made for development instances alone; in Production your issuer signs them.");
        return (settings, folder);
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
            if (!int.TryParse(
                result.Tokens.SingleOrDefault()?.Value ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                || seconds is < 1 or > MaxLifetimeSeconds)
                result.AddError($"--ttl takes seconds, from 1 to {MaxLifetimeSeconds}");
        });
        return option;
    }

    private static TimeSpan Lifetime(ParseResult parsed, Option<int> option) => TimeSpan.FromSeconds(parsed.GetValue(option));
}
