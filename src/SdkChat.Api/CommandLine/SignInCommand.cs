using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants.FindTenant;
using SdkChat.Infrastructure.Seeding;

namespace SdkChat.Api.CommandLine;

/// <summary><c>sign-in</c>: one-click links to the console of a running development instance.</summary>
internal static class SignInCommand
{
    public static Command Create()
    {
        var tenant = new Option<string>("--tenant") { Description = "Code of the tenant", HelpName = "NAME", DefaultValueFactory = _ => DemoData.TenantCodes[0] };
        var url = new Option<string?>("--url") { Description = $"Where the service runs (default: where 'up' last ran on this folder, else {ListenAddress.Default})", HelpName = "URL" };
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "sign-in",
            "Print links that sign in to the console of a running 'up', a tenant's and the backoffice's: each once, within minutes. Refused in Production.",
            "sign-in",
            "sign-in --tenant acme")
        {
            tenant, url, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = Verb.Settings();
            if (!settings.Environment.IsDevelopment())
                throw new CommandFailedException("Sign-in links exist in Development alone; elsewhere the console asks for a token.");
            var folder = DataFolder.Open(parsed.GetValue(data));
            await using var verb = await Verb.StartAsync(settings, folder, cancellationToken);
            var found = await verb.SendAsync(new FindTenantQuery(parsed.GetValue(tenant)!), cancellationToken);
            var links = new ConsoleLinks(folder, TokenCommand.Tokens(settings, folder), TimeProvider.System);
            Console.Write(links.Describe((parsed.GetValue(url) ?? folder.Address ?? ListenAddress.Default).TrimEnd('/'), found));
        });
        return command;
    }
}
