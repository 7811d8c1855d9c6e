using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Why this node stops. A node that an orchestrator replaces drains its streams; one that is interrupted by hand does not.
/// </summary>
public sealed class StopCause(IOptions<LiveOptions> options, IHostEnvironment environment)
{
    private static readonly TimeSpan InProduction = TimeSpan.FromSeconds(5);

    private volatile bool _isTermination;

    /// <summary>The duration of a drain.</summary>
    public TimeSpan LongestDrain =>
        options.Value.DrainSeconds is { } seconds ? TimeSpan.FromSeconds(seconds)
        : environment.IsProduction() ? InProduction
        : TimeSpan.Zero;

    /// <summary>The time over which the ends of the streams are spread; zero for none.</summary>
    public TimeSpan Drain => _isTermination ? LongestDrain : TimeSpan.Zero;

    /// <summary>Records that the node stops on SIGTERM. Call it before the host begins to stop.</summary>
    public void Terminated() => _isTermination = true;
}
