using System.Diagnostics;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Carries the trace of the call that caused an event to the nodes that deliver it. If the service does not record traces, events have
/// none.
/// </summary>
internal static class EventTrace
{
    /// <summary>The source of all spans of the service.</summary>
    public const string SourceName = "SdkChat";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace to store with an event; null if the call is not recorded.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } call ? call.Id : null;

    /// <summary>Continues the trace of an event.</summary>
    /// <returns>Null if the event has no trace, or if traces are not recorded here.</returns>
    public static Activity? Deliver(string? traceparent, string @event) =>
        traceparent is not null && Source.HasListeners() && ActivityContext.TryParse(traceparent, null, isRemote: true, out var cause)
            ? Source.StartActivity($"deliver {@event}", ActivityKind.Consumer, cause)
            : null;

    /// <summary>Begins a trace for background work.</summary>
    public static Activity? Work(string name) => Source.StartActivity(name);
}
