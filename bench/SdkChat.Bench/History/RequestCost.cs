using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.History;

/// <summary>What a request costs the process that answers it, while it is asked as often as it can answer.</summary>
internal sealed record RequestCost(double CpuMicroseconds, double AllocatedKb, double PerSecond)
{
    public static async Task<RequestCost> MeasureAsync(
        int port, IReadOnlyList<string> paths, string token, int clients, TimeSpan duration, IReadOnlyList<int> processes,
        RuntimeProbe probe, CancellationToken cancellationToken, string? header = null)
    {
        var (cpu, facts, started) = (
            ProcessCost.CpuSeconds(processes), await probe.AskAsync(cancellationToken), TimeProvider.System.GetTimestamp());
        var rate = await Wrk.RateAsync(port, paths, token, clients, duration, cancellationToken, header);
        var requests = rate * TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return new RequestCost(
            (ProcessCost.CpuSeconds(processes) - cpu) * 1e6 / requests,
            ((await probe.AskAsync(cancellationToken)).Allocated - facts.Allocated) / 1024 / requests,
            rate);
    }
}
