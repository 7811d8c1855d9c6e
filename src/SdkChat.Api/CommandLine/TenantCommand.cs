using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Application.Tenants.AddTenant;
using SdkChat.Application.Tenants.ListTenants;
using SdkChat.Application.Tenants.SetTenantEnabled;

namespace SdkChat.Api.CommandLine;

/// <summary><c>tenant add|list|enable|disable</c>: which shops the service knows. In Production too.</summary>
internal static class TenantCommand
{
    public static Command Create() => new("tenant", "Add, list, enable or disable tenants.")
    {
        Add(),
        List(),
        SetEnabled("enable", "Let a tenant's callers in again.", enabled: true),
        SetEnabled("disable", "Refuse a tenant's callers, on every node within 5 s. Its data stays.", enabled: false),
    };

    private static VerbCommand Add()
    {
        var code = Code();
        var name = new Option<string?>("--name") { Description = "What people call it (default: NAME)", HelpName = "TEXT" };
        var data = Verb.DataOption();
        var command = new VerbCommand("add", "Add a tenant. Its name never changes.", "tenant add acme --name \"Acme Foods\"") { code, name, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var tenant = await verb.SendAsync(new AddTenantCommand(parsed.GetValue(code)!, parsed.GetValue(name)), cancellationToken);
            Console.WriteLine($"Added tenant '{tenant.Code}', id {tenant.Id}.");
        });
        return command;
    }

    private static VerbCommand List()
    {
        var data = Verb.DataOption();
        var command = new VerbCommand("list", "List all tenants.", "tenant list") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var tenants = await verb.SendAsync(new ListTenantsQuery(), cancellationToken);
            Listing.Print(
                ["NAME", "STATE", "ID", "CALLED"],
                [.. tenants.Select(tenant => new[] { tenant.Code.Value, tenant.Enabled ? "enabled" : "disabled", tenant.Id.ToString(), tenant.Name })]);
        });
        return command;
    }

    private static VerbCommand SetEnabled(string verbName, string description, bool enabled)
    {
        var code = Code();
        var data = Verb.DataOption();
        var command = new VerbCommand(verbName, description, $"tenant {verbName} acme") { code, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var verb = await Verb.StartAsync(parsed.GetValue(data), cancellationToken);
            var tenant = await verb.SendAsync(new SetTenantEnabledCommand(parsed.GetValue(code)!, enabled), cancellationToken);
            Console.WriteLine($"Tenant '{tenant.Code}' is {(tenant.Enabled ? "enabled" : "disabled")}.");
        });
        return command;
    }

    private static Argument<string> Code() => new("NAME") { Description = "The tenant's name in host names and SDK keys: a-z, 0-9 and inner hyphens" };
}
