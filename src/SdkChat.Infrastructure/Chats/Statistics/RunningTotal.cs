namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>What a list has of a day (UTC) up to a quarter of an hour and with it (migration 0038).</summary>
internal sealed class RunningTotal : ChatCountsRow
{
    public DateTimeOffset SlotAt { get; init; }

    /// <summary>The histogram of times of answers, as <see cref="AnswerHistogram.Add(ReadOnlySpan{byte}, int)"/> reads it.</summary>
    public byte[] Answers { get; init; } = [];
}
