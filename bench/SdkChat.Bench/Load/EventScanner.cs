using System.Diagnostics;
using System.Text;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Load;

/// <summary>Finds events in what was read, and keeps count of them.</summary>
internal sealed class EventScanner(bool countsPings)
{
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes(Payload.Marker);
    private static readonly byte[] Ping = "event: ping"u8.ToArray();

    private readonly Histogram _latency = new();
    private readonly Dictionary<long, long> _pings = [];
    private readonly Dictionary<long, long> _openings = [];

    public long Gaps { get; private set; }

    public long LastAt { get; private set; }

    public long Delivered => _latency.Count;

    public Histogram Latency => _latency;

    public long Pings => _pings.Values.Sum();

    public long BusiestTenth => _pings.Values.DefaultIfEmpty().Max();

    /// <summary>The most openings in a tenth of a second, since the beginning.</summary>
    public long MostOpened => _openings.Values.DefaultIfEmpty().Max();

    public List<(int Number, long At)>? Arrivals { get; init; }

    public void Cancel()
    {
        _latency.Clear();
        _pings.Clear();
        Arrivals?.Clear();
        (Gaps, LastAt) = (0, 0);
    }

    /// <returns>How much of the data has been dealt with; what is left may be the beginning of an event.</returns>
    public int Scan(Reader reader, ReadOnlySpan<byte> data)
    {
        var now = Stopwatch.GetTimestamp();
        if (countsPings && data.IndexOf(Ping) >= 0)
            CountPings(data, now);
        var done = 0;
        while (data[done..].IndexOf(Marker) is var at and >= 0)
        {
            var id = done + at + Marker.Length;
            if (id + Payload.IdLength > data.Length)
                return done + at;

            Count(reader, Payload.Parse(data.Slice(id, Payload.IdLength)), now);
            done = id + Payload.IdLength;
        }

        // A marker may have been cut in two.
        return Math.Max(done, data.Length - Marker.Length + 1);
    }

    private void Count(Reader reader, (int Number, long Published) happened, long now)
    {
        _latency.Add(Stopwatch.GetElapsedTime(happened.Published, now).TotalMicroseconds);
        if (reader.Last >= 0 && happened.Number != reader.Last + 1)
            Gaps++;
        reader.Last = happened.Number;
        reader.Delivered++;
        LastAt = now;
        Arrivals?.Add((happened.Number, now));
    }

    public void CountOpening() => Count(_openings, Stopwatch.GetTimestamp(), 1);

    private void CountPings(ReadOnlySpan<byte> data, long now) => Count(_pings, now, data.Count(Ping));

    private static void Count(Dictionary<long, long> tenths, long now, int more)
    {
        var tenth = now / (Stopwatch.Frequency / 10);
        tenths[tenth] = tenths.GetValueOrDefault(tenth) + more;
    }
}
