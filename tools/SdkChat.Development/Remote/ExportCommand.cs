using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary><c>export</c>: prints every chat that matches the filters, in the service's export format.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var (service, filter) = (new RemoteService(), new FilterOptions());
        var csv = new Option<bool>("--csv") { Description = "CSV instead of NDJSON" };
        var command = new VerbCommand(
            "export", "Write every chat of a running service that the filters include to standard output.",
            "export --from 2026-04-01 --csv > april.csv", "export --all")
        {
            csv,
        };
        filter.AddTo(command);
        service.AddTo(command);
        command.SetAction((parsed, cancellationToken) => service.CallAsync(parsed, async client =>
        {
            var isBackoffice = service.IsBackoffice(parsed);
            var chosen = await filter.GetAsync(parsed, client, isBackoffice, cancellationToken);
            return await WriteAsync(
                client, parsed.GetValue(csv) ? ChatExportFormat.Csv : ChatExportFormat.Ndjson, chosen, isBackoffice, cancellationToken);
        }));
        return command;
    }

    public static async Task<int> WriteAsync(
        SdkChatClient client, ChatExportFormat format, ChatFilter filter, bool isBackoffice, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        await client.ExportToAsync(output, format, filter, isBackoffice, cancellationToken);
        return 0;
    }
}
