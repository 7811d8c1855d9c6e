using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Numbers of chats from the history counts.</summary>
internal class ChatCountsRow
{
    public long Chats { get; init; }

    /// <summary>With and without a trigger.</summary>
    public long Completed { get; init; }

    public long Triggered { get; init; }

    public long Failed { get; init; }

    public long Ended { get; init; }

    /// <summary>Keeps only the numbers of these classes.</summary>
    public ChatCounts ToCounts(ChatClasses classes)
    {
        var inProgress = If(ChatClasses.InProgress, Chats - Completed - Failed - Ended);
        var completed = If(ChatClasses.CompletedUntriggered, Completed - Triggered);
        var (triggered, error, ended) = (If(ChatClasses.Triggered, Triggered), If(ChatClasses.Error, Failed), If(ChatClasses.Ended, Ended));
        return new ChatCounts(
            inProgress + completed + triggered + error + ended, inProgress, completed + triggered, error, ended, triggered);

        long If(ChatClasses one, long count) => classes.HasFlag(one) ? count : 0;
    }
}
