using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>The numbers and times of one bucket. They are summed here, since PostgreSQL takes many times as long to add up histograms.</summary>
internal sealed class BucketSum
{
    private long _chats;
    private long _completed;
    private long _triggered;
    private long _failed;
    private long _ended;

    public AnswerHistogram Answers { get; } = new();

    public static BucketSum[] From(IEnumerable<BucketPart> parts, int buckets)
    {
        var sums = new BucketSum[buckets];
        for (var n = 0; n < buckets; n++)
            sums[n] = new BucketSum();
        foreach (var part in parts)
        {
            if (part.Sign == 0)
            {
                sums[part.Number - 1].Add(part, 1);
                continue;
            }

            if (part.Number > 1)
                sums[part.Number - 2].Add(part, 1);
            if (part.Number <= buckets)
                sums[part.Number - 1].Add(part, -1);
        }

        return sums;
    }

    public ChatCounts ToCounts() => new ChatCountsRow
    {
        Chats = _chats, Completed = _completed, Triggered = _triggered, Failed = _failed, Ended = _ended,
    }.ToCounts(ChatClasses.All);

    private void Add(BucketPart part, int sign)
    {
        _chats += sign * part.Chats;
        _completed += sign * part.Completed;
        _triggered += sign * part.Triggered;
        _failed += sign * part.Failed;
        _ended += sign * part.Ended;
        if (part.Answers is not null)
            Answers.Add(part.Answers, sign);
    }
}
