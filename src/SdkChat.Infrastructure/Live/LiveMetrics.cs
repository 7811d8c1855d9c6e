using System.Diagnostics.Metrics;
using System.Text.Json;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live;

/// <summary>What the streams of this node do, as numbers (meter <c>SdkChat.Live</c>). No tenant is a label.</summary>
internal sealed class LiveMetrics : IDisposable
{
    public const string MeterName = "SdkChat.Live";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _read;
    private readonly Counter<long> _delivered;

    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _open = _meter.CreateUpDownCounter<long>("sdkchat.streams.open", "{stream}", "Streams that are open.");
        _opened = _meter.CreateCounter<long>("sdkchat.streams.opened", "{stream}", "Streams that were opened.");
        _ended = _meter.CreateCounter<long>("sdkchat.streams.ended", "{stream}", "Streams that ended, by reason.");
        _read = _meter.CreateCounter<long>("sdkchat.events.read", "{event}", "Committed events that the feed read.");
        _delivered = _meter.CreateCounter<long>("sdkchat.events.queued", "{event}", "Events handed to a stream's queue.");
    }

    /// <summary>A reason as labels and logs write it: <c>too_slow</c>.</summary>
    public static string Name(StreamEndReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public void StreamOpened()
    {
        _open.Add(1);
        _opened.Add(1);
    }

    public void StreamEnded(StreamEndReason reason)
    {
        _open.Add(-1);
        _ended.Add(1, new KeyValuePair<string, object?>("reason", Name(reason)));
    }

    public void EventsRead(int count) => _read.Add(count);

    public void EventsQueued(int count) => _delivered.Add(count);

    public void Dispose() => _meter.Dispose();
}
