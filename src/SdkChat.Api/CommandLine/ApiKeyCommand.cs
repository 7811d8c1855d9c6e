using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;
using SdkChat.Application.Tenants.CreateApiKey;
using SdkChat.Application.Tenants.ListApiKeys;
using SdkChat.Application.Tenants.RevokeApiKey;

namespace SdkChat.Api.CommandLine;

/// <summary><c>apikey create|list|revoke</c>: the keys of tenants' apps. In Production too.</summary>
internal static class ApiKeyCommand
{
    public static Command Create() => new("apikey", "Create, list or revoke SDK keys.")
    {
        CreateKey(),
        List(),
        Revoke(),
    };

    private static VerbCommand CreateKey()
    {
        var tenant = new Option<string>("--tenant") { Description = "Name of the tenant, for instance demo", HelpName = "NAME", Required = true };
        var days = new Option<int?>("--expires-in") { Description = "Days until it stops working (default: never)", HelpName = "DAYS" };
        var data = Verb.DataOption();
        var command = new VerbCommand(
            "create",
            "Make an SDK key and print it, and nothing else. It is not shown again.",
            "apikey create --tenant demo",
            "apikey create --tenant acme --expires-in 90")
        {
            tenant, days, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var created = await verb.SendAsync(new CreateApiKeyCommand(parsed.GetValue(tenant)!, parsed.GetValue(days)), cancellationToken);
            Console.WriteLine(created.Key.Secret);
        });
        return command;
    }

    private static VerbCommand List()
    {
        var tenant = new Option<string?>("--tenant") { Description = "Only this tenant's", HelpName = "NAME" };
        var data = Verb.DataOption();
        var command = new VerbCommand("list", "List SDK keys by their beginnings; revoked and expired ones too.", "apikey list", "apikey list --tenant demo")
        {
            tenant, data,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var keys = await verb.SendAsync(new ListApiKeysQuery(parsed.GetValue(tenant)), cancellationToken);
            var now = verb.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            Listing.Print(["TENANT", "PREFIX", "STATE", "CREATED", "EXPIRES", "LAST USED"], [.. keys.Select(key => Row(key, now))]);
        });
        return command;
    }

    private static VerbCommand Revoke()
    {
        var prefix = new Argument<string>("PREFIX") { Description = "The key's beginning, as the list shows it" };
        var data = Verb.DataOption();
        var command = new VerbCommand("revoke", "End an SDK key for good, on every node within 5 s.", "apikey revoke osk_demo_4fGh2kLm") { prefix, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var at = await verb.SendAsync(new RevokeApiKeyCommand(parsed.GetValue(prefix)!), cancellationToken);
            Console.WriteLine($"Revoked at {Listing.Instant(at)}.");
        });
        return command;
    }

    private static string[] Row(ApiKeyListItem key, DateTimeOffset now) =>
    [
        key.Tenant.Value,
        key.Prefix,
        key.StateAt(now).ToString().ToLowerInvariant(),
        Listing.Instant(key.CreatedAt),
        Listing.Instant(key.ExpiresAt),
        Listing.Instant(key.LastUsedAt),
    ];
}
