using System.CommandLine;
using SdkChat.Api.CommandLine.Help;
using SdkChat.Client;
using SdkChat.Development.Instance;

namespace SdkChat.Development.Remote;

/// <summary><c>tail</c>: prints the events of a running service as they happen, until it is interrupted.</summary>
internal static class TailCommand
{
    public static Command Create()
    {
        var service = new RemoteService();
        var events = new Option<SdkChatEventKinds>("--events")
        {
            Description = "Kinds, separated by commas, such as chat_failed (default: all)",
            HelpName = "KINDS",
            DefaultValueFactory = _ => SdkChatEventKinds.All,
            CustomParser = result =>
            {
                if (TryParse(result.Tokens[0].Value, out var kinds))
                    return kinds;

                result.AddError(
                    "--events takes any of chat_started, chat_completed, chat_failed, chat_ended, backlist_triggered, "
                    + "separated by commas.");
                return SdkChatEventKinds.None;
            },
        };
        var profile = new Option<Guid?>("--profile") { Description = "Only this profile's", HelpName = "UUID" };
        var count = new Option<int?>("--count") { Description = "End after so many events", HelpName = "N" };
        var command = new VerbCommand(
            "tail", "Print a tenant's events as they happen, as NDJSON.", "tail", "tail --events chat_failed --count 1")
        {
            events, profile, count,
        };
        service.AddTo(command, isForBoth: false);
        command.SetAction((parsed, cancellationToken) => service.CallAsync(
            parsed,
            client => PrintAsync(
                client.WatchAsync, parsed.GetValue(events), parsed.GetValue(profile), parsed.GetValue(count), cancellationToken)));
        return command;
    }

    private static async Task<int> PrintAsync(
        Func<SdkChatEventKinds, Guid?, CancellationToken, IAsyncEnumerable<SdkChatEvent>> watch, SdkChatEventKinds kinds, Guid? profile,
        int? count, CancellationToken cancellationToken)
    {
        using var interrupt = new Interrupt(cancellationToken);
        try
        {
            await foreach (var happened in watch(kinds, profile, interrupt.Token))
            {
                // A refused credential will not be accepted later, and a script must notice it.
                if (happened is StreamBroken { Reason: SdkChatException { Status: System.Net.HttpStatusCode.Unauthorized
                    or System.Net.HttpStatusCode.Forbidden } refusal })
                    throw refusal;
                if (Print(happened) && --count == 0)
                    return 0;
            }
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            // Ctrl-C is the normal way to end it.
        }

        return 0;
    }

    /// <returns>Whether it is an event of a chat. Messages about the connection are printed to standard error.</returns>
    private static bool Print(SdkChatEvent happened)
    {
        switch (happened)
        {
            case StreamReady { AfterGap: var isAfterGap }:
                Console.Error.WriteLine(isAfterGap ? "ready; events may have been missed" : "ready");
                return false;
            case StreamBroken { Reason: var reason, RetryIn: var pause }:
                Console.Error.WriteLine(
                    $"disconnected ({reason?.Message ?? "the stream ended"}); next attempt in {pause.TotalSeconds:0.0} s");
                return false;
            case ChatFailed failed:
                RemoteOutput.PrintJson(new { Event = "chat_failed", failed.ProfileId, failed.ChatId, failed.LastError });
                return true;
            case BacklistTriggered triggered:
                RemoteOutput.PrintJson(
                    new { Event = "backlist_triggered", triggered.ProfileId, triggered.ChatId, triggered.NotificationItems });
                return true;
            case ChatStarted { ProfileId: var profile, ChatId: var chat }:
                return PrintIds("chat_started", profile, chat);
            case ChatCompleted { ProfileId: var profile, ChatId: var chat }:
                return PrintIds("chat_completed", profile, chat);
            case ChatEnded { ProfileId: var profile, ChatId: var chat }:
                return PrintIds("chat_ended", profile, chat);
            default:
                return false;
        }
    }

    private static bool PrintIds(string name, Guid profileId, Guid chatId)
    {
        RemoteOutput.PrintJson(new { Event = name, ProfileId = profileId, ChatId = chatId });
        return true;
    }

    private static bool TryParse(string names, out SdkChatEventKinds kinds)
    {
        var known = Enum.GetValues<SdkChatEventKinds>().Where(kind => kind is not (SdkChatEventKinds.None or SdkChatEventKinds.All))
            .ToDictionary(RemoteOutput.Name);
        kinds = SdkChatEventKinds.None;
        foreach (var name in names.Split(','))
        {
            if (!known.TryGetValue(name, out var kind))
                return false;
            kinds |= kind;
        }

        return true;
    }
}
