using System.Diagnostics.Metrics;
using System.Text.Json;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Live;

/// <summary>Metrics of the events and streams of this node. No metric has a tenant label.</summary>
internal sealed class LiveMetrics : IMetricSeries
{
    public const string MeterName = "SdkChat.Live";

    /// <summary>From a millisecond, which an event takes, to ten seconds, which is far too late.</summary>
    private static readonly InstrumentAdvice<double> Latency = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly Counter<long> _opened;
    private readonly LabelledCounter _ended;
    private readonly LabelledCounter _committed;
    private readonly Counter<long> _read;
    private readonly Counter<long> _delivered;
    private readonly Histogram<double> _lag;
    private readonly Histogram<double> _probe;

    private long _open;

    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        // A node without a stream reports 0: the alert on uneven nodes compares with the node that has the fewest.
        _meter.CreateObservableUpDownCounter(
            "sdkchat.streams.open", () => Interlocked.Read(ref _open), "{stream}", "Streams that are open.");
        _opened = _meter.CreateCounter<long>("sdkchat.streams.opened", "{stream}", "Streams opened.");
        _ended = new(
            _meter, "sdkchat.streams.ended", "{stream}", "Streams ended, by reason.", "reason",
            Enum.GetValues<StreamEndReason>().Select(NameOf));
        _committed = new(
            _meter, "sdkchat.events.committed", "{event}", "Events that this node committed, by kind.", "kind",
            ChatEventKinds.OfTransitions);
        _read = _meter.CreateCounter<long>("sdkchat.events.read", "{event}", "Committed events that this node read, its own and others'.");
        _delivered = _meter.CreateCounter<long>("sdkchat.events.delivered", "{event}", "Events that streams took, once for every stream.");
        _lag = _meter.CreateHistogram(
            "sdkchat.events.lag", "s", "From an event's being stored to its being with the sockets of this node's readers.", null, Latency);
        _probe = _meter.CreateHistogram(
            "sdkchat.probe.latency", "s", "From a probe's leaving for the database to its arrival at a stream of this node.", null,
            Latency);
    }

    public static string NameOf(StreamEndReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public void Opened()
    {
        Interlocked.Increment(ref _open);
        _opened.Add(1);
    }

    public void Ended(StreamEndReason reason)
    {
        Interlocked.Decrement(ref _open);
        _ended.Add(NameOf(reason));
    }

    public void EventCommitted(string kind) => _committed.Add(kind);

    public void EventsRead(int events) => _read.Add(events);

    public void EventDelivered(int streams) => _delivered.Add(streams);

    /// <param name="lag">May be negative if clocks differ; it then counts as zero.</param>
    public void EventShown(TimeSpan lag) => _lag.Record(Math.Max(lag.TotalSeconds, 0));

    public void ProbeReturned(TimeSpan latency) => _probe.Record(latency.TotalSeconds);

    /// <summary>Registers a gauge that is read at each collection of metrics.</summary>
    /// <param name="queued">
    /// Returns the number of events that are queued in all streams together, and in the stream with the longest queue.
    /// </param>
    public void Ask(Func<(long All, long Most)> queued)
    {
        _meter.CreateObservableGauge("sdkchat.streams.queued", () => queued().All, "{event}", "Events that wait for readers of this node.");
        _meter.CreateObservableGauge(
            "sdkchat.streams.queued.most", () => queued().Most, "{event}", "Events that wait for the reader who is furthest behind.");
    }

    /// <param name="open">Returns the number of requests that wait for a chat to change.</param>
    public void AskWaits(Func<int> open) =>
        _meter.CreateObservableGauge("sdkchat.waits.open", open, "{request}", "Requests that wait for a chat to change.");

    /// <param name="missing">Returns the number of probes in a row that have not arrived.</param>
    public void AskProbe(Func<int> missing) =>
        _meter.CreateObservableGauge("sdkchat.probe.missing", missing, "{probe}", "Probes in a row that have not come back.");
}
