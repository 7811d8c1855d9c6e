namespace SdkChat.Bench.Measuring;

/// <summary>Durations in buckets of 10 µs up to 40 s; coarser than the noise of any machine is not needed, finer neither.</summary>
internal sealed class Histogram
{
    private const double Microseconds = 10;

    private readonly int[] _buckets = new int[4_000_000];

    private int _highest;

    public long Count { get; private set; }

    public void Add(double microseconds)
    {
        var bucket = Math.Clamp((int)(microseconds / Microseconds), 0, _buckets.Length - 1);
        _buckets[bucket]++;
        _highest = Math.Max(_highest, bucket);
        Count++;
    }

    /// <summary>In milliseconds.</summary>
    public double Quantile(double share)
    {
        var left = (long)(Count * share);
        for (var bucket = 0; bucket <= _highest; bucket++)
        {
            left -= _buckets[bucket];
            if (left < 0)
                return (bucket + 0.5) * Microseconds / 1000;
        }

        return (_highest + 0.5) * Microseconds / 1000;
    }

    public void Clear()
    {
        Array.Clear(_buckets, 0, _highest + 1);
        (_highest, Count) = (0, 0);
    }
}
