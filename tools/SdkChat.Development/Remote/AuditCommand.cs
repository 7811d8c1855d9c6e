using System.CommandLine;
using System.Globalization;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary><c>audit</c>: prints the newest entries of a running service's audit trail; requires a backoffice token.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var service = new RemoteService();
        var (from, to) = (FilterOptions.InstantOption("--from", "Not before"), FilterOptions.InstantOption("--to", "Before"));
        var subject = new Option<string?>("--subject") { Description = "Only this caller's", HelpName = "SUB" };
        var tenant = new RemoteTenant("Code or id of a tenant: only what is about it");
        var action = new Option<string?>("--action") { Description = "Only this action, such as read_chat", HelpName = "ACTION" };
        var size = new Option<int>("--size") { Description = "Entries, at most 100", DefaultValueFactory = _ => 20 };
        var json = new Option<bool>("--json") { Description = "Print the entries as NDJSON" };
        var command = new VerbCommand(
            "audit", "Show the audit trail of a running service. Needs a token of the backoffice.", "audit --action read_chat --from today",
            "audit --json")
        {
            from, to, subject, tenant.Option, action, size, json,
        };
        service.AddTo(command, isForBoth: false);
        command.SetAction((parsed, cancellationToken) => service.CallAsync(parsed, async client =>
        {
            var about = await tenant.FindAsync(parsed, client, isBackoffice: true, cancellationToken);
            var filter = new AuditFilter(
                parsed.GetValue(subject), about, parsed.GetValue(action), parsed.GetValue(from), parsed.GetValue(to));
            var page = await client.ListAuditAsync(filter, page: 0, parsed.GetValue(size), cancellationToken);
            if (parsed.GetValue(json))
                page.Items.ToList().ForEach(RemoteOutput.PrintJson);
            else
                Print(page);
            return 0;
        }));
        return command;
    }

    private static void Print(AuditPage page) => TableWriter.Print(
        ["AT", "CALLER", "SUBJECT", "ACTION", "STATUS", "COUNT", "TARGET"],
        [.. page.Items.Select(entry => new[]
        {
            TableWriter.Instant(entry.At), RemoteOutput.Name(entry.Caller), RemoteOutput.Shorten(entry.Subject, 30), entry.Action,
            entry.Status.ToString(CultureInfo.InvariantCulture), entry.Count.ToString(CultureInfo.InvariantCulture),
            entry.TargetId?.ToString() ?? entry.KeyPrefix ?? "-",
        })]);
}
