using SdkChat.Application.Chats;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>The numbers and times of one bucket, or of several.</summary>
internal sealed class BucketSum(AnswerHistogram answers)
{
    private long _chats;
    private long _completed;
    private long _triggered;
    private long _failed;
    private long _ended;

    public AnswerHistogram Answers => answers;

    public void Add(StatsPart part, int sign)
    {
        Add(part.Chats, part.Completed, part.Triggered, part.Failed, part.Ended, sign);
        if (part.Content is not null)
            answers.Add(part.Content, sign);
    }

    public void Add(BucketSum other)
    {
        Add(other._chats, other._completed, other._triggered, other._failed, other._ended, 1);
        answers.Add(other.Answers);
    }

    /// <summary>Reads a total of <see cref="PackedTotals"/>, adds it to one sum and takes it away from another.</summary>
    public static void AddPacked(ReadOnlySpan<byte> total, BucketSum? to, BucketSum? from)
    {
        var chats = PackedTotals.ReadInteger(ref total);
        var completed = PackedTotals.ReadInteger(ref total);
        var triggered = PackedTotals.ReadInteger(ref total);
        var failed = PackedTotals.ReadInteger(ref total);
        var ended = PackedTotals.ReadInteger(ref total);
        to?.Add(chats, completed, triggered, failed, ended, 1);
        from?.Add(chats, completed, triggered, failed, ended, -1);
        if (!total.IsEmpty)
            AnswerHistogram.AddPacked(total, to?.Answers, from?.Answers);
    }

    public ChatCounts ToCounts() => new ChatCountsRow
    {
        Chats = _chats, Completed = _completed, Triggered = _triggered, Failed = _failed, Ended = _ended,
    }.ToCounts(ChatClasses.All);

    private void Add(long chats, long completed, long triggered, long failed, long ended, int sign)
    {
        _chats += sign * chats;
        _completed += sign * completed;
        _triggered += sign * triggered;
        _failed += sign * failed;
        _ended += sign * ended;
    }
}
