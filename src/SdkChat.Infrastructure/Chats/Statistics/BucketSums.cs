using System.Buffers;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// The sums of the buckets of a range. They are made here, since PostgreSQL takes many times as long to add up histograms; in rented
/// memory, since those of 400 buckets are half a megabyte.
/// </summary>
internal sealed class BucketSums : IDisposable
{
    private readonly IMemoryOwner<long> _bins;
    private readonly BucketSum[] _buckets;

    private BucketSums(int buckets)
    {
        _bins = MemoryPool<long>.Shared.Rent(buckets * AnswerHistogram.Bins);
        _bins.Memory.Span.Clear();
        _buckets = new BucketSum[buckets];
        for (var n = 0; n < buckets; n++)
            _buckets[n] = new BucketSum(new AnswerHistogram(_bins.Memory.Slice(n * AnswerHistogram.Bins, AnswerHistogram.Bins)));
    }

    /// <summary>In order of time. Not to be used after <see cref="Dispose"/>.</summary>
    public IReadOnlyList<BucketSum> Buckets => _buckets;

    public static BucketSums Create(IEnumerable<StatsPart> parts, QuarterBounds bounds, int buckets)
    {
        var sums = new BucketSums(buckets);
        foreach (var part in parts)
        {
            switch (part.Kind)
            {
                case StatsPart.Whole:
                    sums._buckets[part.Number - 1].Add(part, 1);
                    break;
                case StatsPart.BeforeBound:
                    sums.Before(part.Number)?.Add(part, 1);
                    sums.After(part.Number)?.Add(part, -1);
                    break;
                case StatsPart.Packed:
                    sums.AddPacked(part.Content, bounds.Parts[part.Number - 1]);
                    break;
                case StatsPart.Texts:
                    break;
                default:
                    throw new InvalidDataException($"Statistics have no part of kind {part.Kind}.");
            }
        }

        return sums;
    }

    public BucketSum Total()
    {
        var total = new BucketSum(new AnswerHistogram());
        foreach (var bucket in _buckets)
            total.Add(bucket);
        return total;
    }

    public void Dispose() => _bins.Dispose();

    private void AddPacked(ReadOnlySpan<byte> part, PackPart needed)
    {
        var next = 0;
        for (var day = 0; next < needed.Totals.Count; day++)
        {
            var total = PackedTotals.ReadTotal(ref part);
            for (; next < needed.Totals.Count && needed.Totals[next].Day == day; next++)
            {
                if (total.IsEmpty)
                    continue;

                var number = needed.Totals[next].Number;
                if (needed.IsOfDays)
                    BucketSum.AddPacked(total, _buckets[number - 1], from: null);
                else
                    BucketSum.AddPacked(total, Before(number), After(number));
            }
        }
    }

    /// <summary>The bucket that ends with a bound; null for the first bound.</summary>
    private BucketSum? Before(int bound) => bound > 1 ? _buckets[bound - 2] : null;

    /// <summary>The bucket that begins with a bound; null for the last bound.</summary>
    private BucketSum? After(int bound) => bound <= _buckets.Length ? _buckets[bound - 1] : null;
}
