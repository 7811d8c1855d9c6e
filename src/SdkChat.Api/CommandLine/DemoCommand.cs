using System.CommandLine;
using System.Globalization;
using MediatR;
using SdkChat.Api.CommandLine.Demo;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants.CreateApiKey;
using SdkChat.Application.Tenants.FindTenant;
using SdkChat.Application.Tenants.RevokeApiKey;

namespace SdkChat.Api.CommandLine;

/// <summary><c>demo</c>: plays a shopper against a running <c>up</c>, and prints the admin's stream beside it.</summary>
internal static class DemoCommand
{
    private const string Tenant = "demo";

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Where the service runs", DefaultValueFactory = _ => ListenAddress.Default };
        var prompt = new Option<string>("--prompt") { Description = "What the shopper asks", DefaultValueFactory = _ => "Dinner ideas?" };
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "demo",
            "Play a shopper against a running 'up', and print what an admin sees meanwhile. Refused in Production.",
            "demo",
            "demo --prompt '저녁 메뉴 추천해줘'")
        {
            url, prompt, data,
        };
        command.SetAction((parsed, cancellationToken) =>
            PlayAsync(new Uri(parsed.GetValue(url)!), parsed.GetValue(prompt)!, parsed.GetValue(data), cancellationToken));
        return command;
    }

    private static async Task PlayAsync(Uri url, string prompt, string? data, CancellationToken cancellationToken)
    {
        var settings = Verb.Settings();
        if (settings.Environment.IsProduction())
            throw new CommandFailedException("The demo writes chats of its own; Production is no place for it.");
        var folder = DataFolder.Open(data);
        await using var verb = await Verb.StartAsync(settings, folder, cancellationToken);
        await using var scope = verb.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();

        var tenant = await mediator.Send(new FindTenantQuery(Tenant), cancellationToken);
        var token = TokenCommand.Tokens(settings, folder).ForTenant(tenant, "admin", TimeSpan.FromMinutes(5));
        var key = (await mediator.Send(new CreateApiKeyCommand(Tenant, ExpiresInDays: 1), cancellationToken)).Key;
        try
        {
            var stage = new Stage(TimeProvider.System);
            await using var admin = await Admin.WatchAsync(url, token, stage, cancellationToken);
            await new Shopper(url, key.Secret, stage).PlayAsync(prompt, cancellationToken);
            await admin.SeesAsync("backlist_triggered", cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new CommandFailedException(string.Create(
                CultureInfo.InvariantCulture, $"Nothing answers at {url} ({exception.Message}) Start it in another terminal: ./sdkchat up"));
        }
        finally
        {
            await mediator.Send(new RevokeApiKeyCommand(key.Prefix), CancellationToken.None);
        }
    }
}
