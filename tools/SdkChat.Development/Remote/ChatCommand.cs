using System.CommandLine;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary><c>chat ID</c>: prints one chat of a running service and its timeline.</summary>
internal static class ChatCommand
{
    public static Command Create()
    {
        var service = new RemoteService();
        var id = new Argument<Guid>("ID") { Description = "The chat's id" };
        var json = new Option<bool>("--json") { Description = "Print the chat as one JSON object" };
        var wait = new Option<bool>("--wait") { Description = "Wait until the chat is no longer in progress" };
        var command = new VerbCommand(
            "chat", "Show a chat of a running service.", "chat 01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02",
            "chat 01970b6e-6a64-7c11-9d5e-3f1f2b6a9c02 --wait --json")
        {
            id, json, wait,
        };
        service.AddTo(command);
        command.SetAction((parsed, cancellationToken) => service.CallAsync(parsed, async client =>
        {
            var (chat, isBackoffice) = (parsed.GetValue(id), service.IsBackoffice(parsed));
            bool IsWanted(ChatDetail found) => !parsed.GetValue(wait) || found.Status != ChatStatus.InProgress;
            var detail = isBackoffice
                ? await client.WaitForAnyChatAsync(chat, IsWanted, cancellationToken)
                : await client.WaitForChatAsync(chat, IsWanted, cancellationToken);
            if (parsed.GetValue(json))
                RemoteOutput.PrintJson(detail);
            else
                Print(
                    detail,
                    isBackoffice
                        ? await client.GetAnyTimelineAsync(chat, cancellationToken)
                        : await client.GetTimelineAsync(chat, cancellationToken));
            return 0;
        }));
        return command;
    }

    private static void Print(ChatDetail chat, ChatTimeline timeline)
    {
        TableWriter.Print(["MEMBER", "VALUE"],
        [
            ["chat", chat.ChatId.ToString()],
            ["profile", chat.ProfileId.ToString()],
            ["name", RemoteOutput.Shorten(chat.ProfileSummary.Name)],
            ["prompt", RemoteOutput.Shorten(chat.Prompt)],
            ["status", RemoteOutput.Name(chat.Status)],
            ["error", RemoteOutput.Shorten(chat.LastError)],
            ["items", $"{chat.RecommendedItems.Count} recommended, {chat.Todos.Count} todos, {chat.NotificationItems.Count} notifications"],
        ]);
        TableWriter.Print(["AT", "TYPE", "DETAIL"], [.. timeline.Items.Select(item => new[]
        {
            TableWriter.Instant(item.At), item.Type, RemoteOutput.Shorten(item.LastError ?? item.Status),
        })]);
    }
}
