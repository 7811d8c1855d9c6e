namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>What a list has of a day (UTC) up to a quarter of an hour and with it (migration 0038).</summary>
internal sealed class RunningTotal
{
    public DateTimeOffset SlotAt { get; init; }

    public long Chats { get; init; }

    /// <summary>With and without a trigger.</summary>
    public long Completed { get; init; }

    public long Triggered { get; init; }

    public long Failed { get; init; }

    public long Ended { get; init; }

    /// <summary>The histogram of times of answers, as <see cref="AnswerHistogram.Add(ReadOnlySpan{byte}, int)"/> reads it.</summary>
    public byte[] Answers { get; init; } = [];
}
