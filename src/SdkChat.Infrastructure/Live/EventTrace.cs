using System.Diagnostics;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Carries the trace of the call that caused an event to the nodes that show it. Where nobody records traces, no event has one,
/// and nothing is done about it.
/// </summary>
internal static class EventTrace
{
    /// <summary>The source of all of the service's own spans.</summary>
    public const string SourceName = "SdkChat";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace to store with an event; null where the call is not recorded.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } call ? call.Id : null;

    /// <summary>Goes on with the trace that came with an event.</summary>
    /// <returns>Null where it came with none, or nobody records here.</returns>
    public static Activity? Deliver(string? traceparent, string @event) =>
        traceparent is not null && Source.HasListeners() && ActivityContext.TryParse(traceparent, null, isRemote: true, out var cause)
            ? Source.StartActivity($"deliver {@event}", ActivityKind.Consumer, cause)
            : null;

    /// <summary>Begins a trace for work that nobody called for.</summary>
    public static Activity? Work(string name) => Source.StartActivity(name);
}
