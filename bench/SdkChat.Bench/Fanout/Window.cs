using SdkChat.Bench.Load;

namespace SdkChat.Bench.Fanout;

/// <summary>What one window has shown.</summary>
/// <param name="Cost">Microseconds of the server's CPU a delivery.</param>
/// <param name="PerSecond">Deliveries a second, from the first publishing to the last delivery.</param>
/// <param name="Wrong">Deliveries that are missing, or came out of order.</param>
internal sealed record Window(double Cost, double PerSecond, long Wrong, LoadReport Report)
{
    /// <summary>The load generator's own share of a core.</summary>
    public double LoadCores => Report.CpuSeconds / Report.Seconds;
}
