using System.Diagnostics;

namespace SdkChat.Infrastructure.Tracing;

/// <summary>The spans of the service's own work. If the service does not record traces, there are none.</summary>
internal static class ServiceTrace
{
    /// <summary>The source of all of them.</summary>
    public const string SourceName = "SdkChat";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace to store with an event; null if the call is not recorded.</summary>
    public static string? Current => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } call ? call.Id : null;

    /// <summary>Continues the trace of the call that caused an event, on a node that delivers it.</summary>
    /// <returns>Null if the event has no trace, or if traces are not recorded here.</returns>
    public static Activity? Deliver(string? traceparent, string @event) =>
        traceparent is not null && Source.HasListeners() && ActivityContext.TryParse(traceparent, null, isRemote: true, out var cause)
            ? Source.StartActivity($"deliver {@event}", ActivityKind.Consumer, cause)
            : null;

    /// <summary>Begins a trace for background work.</summary>
    public static Activity? Work(string name) => Source.StartActivity(name);

    /// <summary>Work for several recorded calls: a part of the trace of the first, with links to the others.</summary>
    /// <returns>Null if none is recorded.</returns>
    public static Activity? WorkFor(IReadOnlyList<ActivityContext> calls, string name) =>
        calls.Count > 0
            ? Source.StartActivity(name, ActivityKind.Internal, calls[0], links: calls.Skip(1).Select(call => new ActivityLink(call)))
            : null;
}
