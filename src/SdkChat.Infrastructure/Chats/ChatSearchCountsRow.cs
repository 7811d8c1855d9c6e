using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Numbers of matches, as <see cref="ChatSearchSql.Counts"/> returns them.</summary>
internal sealed class ChatSearchCountsRow
{
    public long Total { get; init; }

    public long InProgress { get; init; }

    public long Completed { get; init; }

    public long Error { get; init; }

    public long Ended { get; init; }

    public long Triggered { get; init; }

    public bool IsLowerBound { get; init; }

    public ChatCounts ToCounts() => new(Total, InProgress, Completed, Error, Ended, Triggered, IsLowerBound);
}
