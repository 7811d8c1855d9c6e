using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Polls;

/// <summary>What shoppers who ask twice a second cost the server that answers them, and how long they wait.</summary>
internal sealed record ShopperCost(
    double Polls, double Seconds, double P99, double Failures, double CpuSeconds, double Allocated, double GeneratorCores)
{
    public double PerCore => Polls / CpuSeconds;

    public double PerSecond => Polls / Seconds;

    public double CpuMicroseconds => CpuSeconds * 1e6 / Polls;

    public double AllocatedKb => Allocated / 1024 / Polls;

    /// <param name="requests">One for each shopper: path, and, after a tab, a key.</param>
    /// <param name="seconds">How long they ask, once for the compilers and once to be measured.</param>
    /// <param name="whenWarm">Called in between.</param>
    public static async Task<ShopperCost> MeasureAsync(
        int port, IEnumerable<string> requests, IReadOnlyList<int> processes, RuntimeProbe probe, int seconds,
        CancellationToken cancellationToken, Func<Task>? whenWarm = null)
    {
        await using var shoppers = await Shoppers.OpenAsync(port, requests, cancellationToken);
        await shoppers.PollAsync(seconds, cancellationToken);
        if (whenWarm is not null)
            await whenWarm();
        var (cpu, facts) = (ProcessCost.CpuSeconds(processes), await probe.AskAsync(cancellationToken));
        var report = await shoppers.PollAsync(seconds, cancellationToken);
        return new ShopperCost(
            report.Polls, report.Seconds, report.P99, report.Failures, ProcessCost.CpuSeconds(processes) - cpu,
            (await probe.AskAsync(cancellationToken)).Allocated - facts.Allocated, report.CpuSeconds / report.Seconds);
    }
}
