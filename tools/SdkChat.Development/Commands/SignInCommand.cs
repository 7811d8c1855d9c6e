using System.CommandLine;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Development.Instance;
using SdkChat.Development.Seeding;

namespace SdkChat.Development.Commands;

/// <summary><c>sign-in</c>: one-click links to the console of a running development instance.</summary>
internal static class SignInCommand
{
    public static Command Create(DevelopmentDatabaseSource databases)
    {
        var tenant = TenantOption.Optional($"Code or id of the tenant (default: {DemoData.TenantCodes[0]})");
        var url = new Option<string?>("--url")
        {
            Description = $"Where the service runs (default: where 'up' last ran on this folder, else {ListenAddress.Default})",
            HelpName = "URL",
        };
        var command = new VerbCommand(
            "sign-in",
            "Print links that sign in to the console of a running 'up', a tenant's and the backoffice's: each once, within minutes. "
                + "Refused in Production.",
            "sign-in",
            "sign-in --tenant acme")
        {
            tenant, url, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = CommandContext.Settings();
            if (!settings.Environment.IsDevelopment())
                throw new CommandFailedException("Sign-in links exist in Development alone; elsewhere the console asks for a token.");
            var folder = databases.Folder(parsed);
            var database = await DevelopmentDatabaseSource.OpenAsync(folder, settings, exclusive: false, cancellationToken);
            await using var context = await CommandContext.StartAsync(settings, database, cancellationToken);
            var found = await context.SendAsync(new FindTenantQuery(parsed.GetValue(tenant) ?? DemoData.TenantCodes[0]), cancellationToken);
            var links = new ConsoleLinks(folder, DevelopmentTokens.Create(settings, folder), TimeProvider.System);
            Console.Write(links.Describe((parsed.GetValue(url) ?? folder.Address ?? ListenAddress.Default).TrimEnd('/'), found));
        });
        return command;
    }
}
