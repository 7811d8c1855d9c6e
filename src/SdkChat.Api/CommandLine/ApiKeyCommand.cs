using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.CommandLine;

/// <summary><c>apikey create|list|revoke</c>: manages the keys of tenants' apps. Also available in Production.</summary>
internal static class ApiKeyCommand
{
    public static Command Create(IDatabaseSource databases) => new("apikey", "Create, list or revoke SDK keys.")
    {
        CreateKey(databases),
        List(databases),
        Revoke(databases),
    };

    private static VerbCommand CreateKey(IDatabaseSource databases)
    {
        var tenant = TenantOption.Required();
        var days = new Option<int?>("--expires-in") { Description = "Days until it stops working (default: never)", HelpName = "DAYS" };
        var name = new Option<string?>("--name") { Description = "What people call the key", HelpName = "TEXT" };
        var command = new VerbCommand(
            "create",
            "Make an SDK key and print it, and nothing else. It is not shown again.",
            "apikey create --tenant demo",
            "apikey create --tenant acme --expires-in 90")
        {
            tenant, days, name, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var created = await context.SendAsync(
                new CreateApiKeyCommand(parsed.GetValue(tenant)!, parsed.GetValue(days)) { Name = parsed.GetValue(name) },
                cancellationToken);
            var owner = await context.SendAsync(new FindTenantQuery(created.Key.Tenant.Value), cancellationToken);
            await OperatorAudit.WriteAsync(context.Services, "create_api_key", owner.Id, created.Key.Prefix, cancellationToken);
            Console.WriteLine(created.Key.Secret);
        });
        return command;
    }

    private static VerbCommand List(IDatabaseSource databases)
    {
        var tenant = TenantOption.Optional("Code or id of a tenant: list its keys only");
        var command = new VerbCommand(
            "list", "List SDK keys by their beginnings; revoked and expired ones too.", "apikey list", "apikey list --tenant demo")
        {
            tenant, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var keys = await context.SendAsync(new ListApiKeysQuery(parsed.GetValue(tenant)), cancellationToken);
            var now = context.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            TableWriter.Print(
                ["TENANT", "PREFIX", "STATE", "CREATED", "EXPIRES", "LAST USED", "KEY NAME"], [.. keys.Select(key => Row(key, now))]);
        });
        return command;
    }

    private static VerbCommand Revoke(IDatabaseSource databases)
    {
        var prefix = new Argument<string>("PREFIX") { Description = "The key's beginning, as the list shows it" };
        var command = new VerbCommand("revoke", "End an SDK key for good, on every node within 5 s.", "apikey revoke osk_demo_4fGh2kLm")
        {
            prefix, databases,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var revoked = await context.SendAsync(new RevokeApiKeyCommand(parsed.GetValue(prefix)!), cancellationToken);
            var owner = await context.SendAsync(new FindTenantQuery(revoked.Tenant.Value), cancellationToken);
            await OperatorAudit.WriteAsync(context.Services, "revoke_api_key", owner.Id, revoked.Prefix, cancellationToken);
            Console.WriteLine($"Revoked at {TableWriter.Instant(revoked.RevokedAt)}.");
        });
        return command;
    }

    private static string[] Row(ApiKeyListItem key, DateTimeOffset now) =>
    [
        key.Tenant.Value,
        key.Prefix,
        key.StateAt(now).ToString().ToLowerInvariant(),
        TableWriter.Instant(key.CreatedAt),
        TableWriter.Instant(key.ExpiresAt),
        TableWriter.Instant(key.LastUsedAt),
        key.Name ?? "",
    ];
}
