using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace SdkChat.Infrastructure.Telemetry;

/// <summary>
/// A counter with one label whose values are known. Each value has a series, at 0, from the first scrape. Prometheus sees no increase if a
/// series begins with the first count, so an alert on a rare failure would miss the first one after every start.
/// </summary>
/// <remarks>
/// Counts are kept here and read by the collector, so the counter and the collector may be created in any order. Create one instance per
/// meter and name.
/// </remarks>
public sealed class LabelledCounter
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> _counts;
    private readonly string _label;

    /// <param name="values">The known values of the label. Another value has a series from its first count on.</param>
    public LabelledCounter(Meter meter, string name, string unit, string description, string label, IEnumerable<string> values)
    {
        _label = label;
        _counts = new(values.Select(value => KeyValuePair.Create(value, new StrongBox<long>())), StringComparer.Ordinal);
        meter.CreateObservableCounter(name, Observe, unit, description);
    }

    public void Add(string value) => Interlocked.Increment(ref _counts.GetOrAdd(value, static _ => new StrongBox<long>()).Value);

    private IEnumerable<Measurement<long>> Observe() =>
        _counts.Select(count => new Measurement<long>(
            Interlocked.Read(ref count.Value.Value), KeyValuePair.Create<string, object?>(_label, count.Key)));
}
