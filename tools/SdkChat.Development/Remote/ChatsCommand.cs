using System.CommandLine;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary>
/// <c>chats</c>: prints a page of a running service's chats as a table, prints all of them as JSON, or checks only whether there is one.
/// </summary>
internal static class ChatsCommand
{
    private const int NothingFound = 3;

    public static Command Create()
    {
        var (service, filter) = (new RemoteService(), new FilterOptions());
        var (json, csv, quiet) = (
            new Option<bool>("--json") { Description = "Print every match as NDJSON" },
            new Option<bool>("--csv") { Description = "Print every match as CSV" },
            new Option<bool>("--quiet") { Description = "Print nothing; exit code 3 without a match" });
        var size = new Option<int>("--size") { Description = "Rows of the table, at most 100", DefaultValueFactory = _ => 20 };
        var command = new VerbCommand(
            "chats", "List chats of a running service, newest first.", "chats --status error --from yesterday --to today",
            "chats --q 라면 --json", "chats --all --quiet")
        {
            json, csv, quiet, size,
        };
        filter.AddTo(command);
        service.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new[] { json, csv, quiet }.Count(option => result.GetValue(option)) > 1)
                result.AddError("--json, --csv and --quiet exclude each other.");
        });
        command.SetAction((parsed, cancellationToken) => service.CallAsync(parsed, async client =>
        {
            var isBackoffice = service.IsBackoffice(parsed);
            var chosen = await filter.GetAsync(parsed, client, isBackoffice, cancellationToken);
            if (parsed.GetValue(json) || parsed.GetValue(csv))
                return await ExportCommand.WriteAsync(
                    client, parsed.GetValue(csv) ? ChatExportFormat.Csv : ChatExportFormat.Ndjson, chosen, isBackoffice, cancellationToken);
            if (!parsed.GetValue(quiet))
                return Print(await FindAsync(client, chosen, isBackoffice, parsed.GetValue(size), cancellationToken));
            return (await FindAsync(client, chosen, isBackoffice, size: 1, cancellationToken)).Total > 0 ? 0 : NothingFound;
        }));
        return command;
    }

    private static Task<ChatPage> FindAsync(
        SdkChatClient client, ChatFilter filter, bool isBackoffice, int size, CancellationToken cancellationToken) =>
        isBackoffice
            ? client.FindAllChatsAsync(filter, page: 0, size, cancellationToken)
            : client.FindChatsAsync(filter, page: 0, size, cancellationToken);

    private static int Print(ChatPage page)
    {
        TableWriter.Print(
            ["CREATED", "CHAT", "STATUS", "NAME", "PROMPT", "ERROR"],
            [.. page.Items.Select(chat => new[]
            {
                TableWriter.Instant(chat.CreatedAt), chat.ChatId.ToString(), RemoteOutput.Name(chat.Status),
                RemoteOutput.Shorten(chat.ProfileSummary.Name, 20),
                RemoteOutput.Shorten(chat.Prompt, 40), RemoteOutput.Shorten(chat.LastError, 40),
            })]);
        Console.Error.WriteLine($"{page.Items.Count} of {page.Total}");
        return 0;
    }
}
