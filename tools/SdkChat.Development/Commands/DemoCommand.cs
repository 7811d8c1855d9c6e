using System.CommandLine;
using System.Globalization;
using MediatR;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Development.DemoPlayer;
using SdkChat.Development.Instance;

namespace SdkChat.Development.Commands;

/// <summary><c>demo</c>: simulates a shopper against a running <c>up</c>, and prints the events on the admin's stream.</summary>
internal static class DemoCommand
{
    private const string Tenant = "demo";

    public static Command Create(DevelopmentDatabaseSource databases)
    {
        var url = new Option<string?>("--url")
        {
            Description = $"Where the service runs (default: where 'up' last ran on this folder, else {ListenAddress.Default})",
            HelpName = "URL",
        };
        var prompt = new Option<string>("--prompt") { Description = "What the shopper asks", DefaultValueFactory = _ => "Dinner ideas?" };
        var command = new VerbCommand(
            "demo",
            "Play a shopper against a running 'up', and print what an admin sees meanwhile. Refused in Production.",
            "demo",
            "demo --prompt '저녁 메뉴 추천해줘'")
        {
            url, prompt, databases,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var folder = databases.Folder(parsed);
            var address = parsed.GetValue(url) ?? folder.Address ?? ListenAddress.Default;
            return PlayAsync(new Uri(address.TrimEnd('/')), parsed.GetValue(prompt)!, folder, cancellationToken);
        });
        return command;
    }

    private static async Task PlayAsync(Uri url, string prompt, DataFolder folder, CancellationToken cancellationToken)
    {
        var settings = CommandContext.Settings();
        if (settings.Environment.IsProduction())
            throw new CommandFailedException("The demo writes chats of its own; Production is no place for it.");
        var database = await DevelopmentDatabaseSource.OpenAsync(folder, settings, exclusive: false, cancellationToken);
        await using var context = await CommandContext.StartAsync(settings, database, cancellationToken);
        await using var scope = context.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();

        var tenant = await mediator.Send(new FindTenantQuery(Tenant), cancellationToken);
        var token = DevelopmentTokens.Create(settings, folder).ForTenant(tenant, "admin", TimeSpan.FromMinutes(5));
        var key = (await mediator.Send(new CreateApiKeyCommand(Tenant, ExpiresInDays: 1), cancellationToken)).Key;
        try
        {
            var output = new DemoOutput(TimeProvider.System);
            await using var admin = await DemoAdmin.WatchAsync(url, token, output, cancellationToken);
            await new DemoShopper(url, key.Secret, output).PlayAsync(prompt, cancellationToken);
            await admin.SeesAsync("backlist_triggered", cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new CommandFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Nothing answers at {url} ({exception.Message}) Start it in another terminal: ./sdkchat up"));
        }
        finally
        {
            await mediator.Send(new RevokeApiKeyCommand(key.Prefix), CancellationToken.None);
        }
    }
}
