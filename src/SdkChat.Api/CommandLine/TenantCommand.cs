using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.CommandLine;

/// <summary><c>tenant add|list|enable|disable</c>: manages tenants. Also available in Production.</summary>
internal static class TenantCommand
{
    public static Command Create(IDatabaseSource databases) => new("tenant", "Add, list, enable or disable tenants.")
    {
        Add(databases),
        List(databases),
        SetEnabled(databases, "enable", "Let a tenant's callers in again.", enabled: true),
        SetEnabled(databases, "disable", "Refuse a tenant's callers, on every node within 5 s. Its data stays.", enabled: false),
    };

    private static VerbCommand Add(IDatabaseSource databases)
    {
        var tenant = new NamedTenant("The new tenant's code in host names and SDK keys: a-z, 0-9 and inner hyphens", "CODE");
        var name = new Option<string?>("--name") { Description = "Display name (default: the code)", HelpName = "TEXT" };
        var command = new VerbCommand("add", "Add a tenant. Its code never changes.", "tenant add --tenant acme --name \"Acme Foods\"")
        {
            name, databases,
        };
        tenant.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var added = await context.SendAsync(new AddTenantCommand(tenant.Get(parsed), parsed.GetValue(name)), cancellationToken);
            await OperatorAudit.WriteAsync(context.Services, "add_tenant", added.Id, keyPrefix: null, cancellationToken);
            Console.WriteLine($"Added tenant '{added.Code}', id {added.Id}.");
        });
        return command;
    }

    private static VerbCommand List(IDatabaseSource databases)
    {
        var command = new VerbCommand("list", "List all tenants.", "tenant list") { databases };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var tenants = await context.SendAsync(new ListTenantsQuery(), cancellationToken);
            TableWriter.Print(
                ["CODE", "STATE", "ID", "NAME"],
                [.. tenants.Select(
                    tenant => new[] { tenant.Code.Value, tenant.Enabled ? "enabled" : "disabled", tenant.Id.ToString(), tenant.Name })]);
        });
        return command;
    }

    private static VerbCommand SetEnabled(IDatabaseSource databases, string verbName, string description, bool enabled)
    {
        var tenant = new NamedTenant();
        var command = new VerbCommand(verbName, description, $"tenant {verbName} --tenant acme") { databases };
        tenant.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var context = await CommandContext.StartAsync(databases, parsed, cancellationToken);
            var changed = await context.SendAsync(new SetTenantEnabledCommand(tenant.Get(parsed), enabled), cancellationToken);
            await OperatorAudit.WriteAsync(context.Services, "update_tenant", changed.Id, keyPrefix: null, cancellationToken);
            Console.WriteLine($"Tenant '{changed.Code}' is {(changed.Enabled ? "enabled" : "disabled")}.");
        });
        return command;
    }
}
