using SdkChat.Application.Chats;
using SdkChat.Infrastructure.Chats.Counts;

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

    public static BucketSum[] From(IEnumerable<BucketPart> parts, QuarterBounds bounds, int buckets)
    {
        var sums = new BucketSum[buckets];
        for (var n = 0; n < buckets; n++)
            sums[n] = new BucketSum();
        foreach (var part in parts)
        {
            switch (part.Sign)
            {
                case BucketPart.Whole:
                    sums[part.Number - 1].Add(part, 1);
                    break;
                case BucketPart.BeforeBound:
                    Before(sums, part.Number)?.Add(part, 1);
                    After(sums, part.Number)?.Add(part, -1);
                    break;
                default:
                    AddPacked(sums, part.Answers, bounds.Parts[part.Number - 1]);
                    break;
            }
        }

        return sums;
    }

    private static void AddPacked(BucketSum[] sums, ReadOnlySpan<byte> part, PackPart needed)
    {
        var next = 0;
        for (var day = 0; next < needed.Totals.Count; day++)
        {
            var total = PackedTotals.ReadTotal(ref part);
            for (; next < needed.Totals.Count && needed.Totals[next].Day == day; next++)
            {
                if (total.IsEmpty)
                    continue;
                if (needed.IsOfDays)
                {
                    sums[needed.Totals[next].Number - 1].AddPacked(total, 1);
                    continue;
                }

                Before(sums, needed.Totals[next].Number)?.AddPacked(total, 1);
                After(sums, needed.Totals[next].Number)?.AddPacked(total, -1);
            }
        }
    }

    /// <summary>The bucket that ends with a bound; null for the first bound.</summary>
    private static BucketSum? Before(BucketSum[] sums, int bound) => bound > 1 ? sums[bound - 2] : null;

    /// <summary>The bucket that begins with a bound; null for the last bound.</summary>
    private static BucketSum? After(BucketSum[] sums, int bound) => bound <= sums.Length ? sums[bound - 1] : null;

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

    private void AddPacked(ReadOnlySpan<byte> total, int sign)
    {
        _chats += sign * PackedTotals.ReadInteger(ref total);
        _completed += sign * PackedTotals.ReadInteger(ref total);
        _triggered += sign * PackedTotals.ReadInteger(ref total);
        _failed += sign * PackedTotals.ReadInteger(ref total);
        _ended += sign * PackedTotals.ReadInteger(ref total);
        if (!total.IsEmpty)
            Answers.AddPacked(total, sign);
    }
}
