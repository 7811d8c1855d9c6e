using System.Diagnostics.Metrics;
using System.Text.Json;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live;

/// <summary>What the streams of this node do, in numbers. No tenant is a label.</summary>
internal sealed class LiveMetrics
{
    public const string MeterName = "SdkChat.Live";

    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _read;
    private readonly Counter<long> _queued;

    public LiveMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _open = meter.CreateUpDownCounter<long>("sdkchat.streams.open", "{stream}", "Streams that are open.");
        _opened = meter.CreateCounter<long>("sdkchat.streams.opened", "{stream}", "Streams opened.");
        _ended = meter.CreateCounter<long>("sdkchat.streams.ended", "{stream}", "Streams ended, by reason.");
        _read = meter.CreateCounter<long>("sdkchat.events.read", "{event}", "Committed events that this node read.");
        _queued = meter.CreateCounter<long>("sdkchat.events.queued", "{event}", "Events queued, once for every stream that got them.");
    }

    public static string NameOf(StreamEndReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public void Opened()
    {
        _open.Add(1);
        _opened.Add(1);
    }

    public void Ended(StreamEndReason reason)
    {
        _open.Add(-1);
        _ended.Add(1, KeyValuePair.Create<string, object?>("reason", NameOf(reason)));
    }

    public void EventsRead(int events) => _read.Add(events);

    public void EventQueued(int streams) => _queued.Add(streams);
}
