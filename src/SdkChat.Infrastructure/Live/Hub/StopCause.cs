using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>Why this node stops, as far as that decides how its streams end: a node that is replaced drains, one that a person interrupts does not.</summary>
public sealed class StopCause(IOptions<LiveOptions> options, IHostEnvironment environment)
{
    private static readonly TimeSpan InProduction = TimeSpan.FromSeconds(5);

    private volatile bool _isTermination;

    /// <summary>How long a drain may take, if there is one.</summary>
    public TimeSpan LongestDrain =>
        options.Value.DrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds)
        : environment.IsProduction() ? InProduction
        : TimeSpan.Zero;

    /// <summary>Over how long the ends of the streams are spread.</summary>
    public TimeSpan Drain => _isTermination ? LongestDrain : TimeSpan.Zero;

    /// <summary>An orchestrator, not a person, has asked (SIGTERM). Call it before the host is told to stop.</summary>
    public void Terminated() => _isTermination = true;
}
