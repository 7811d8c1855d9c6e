using System.Globalization;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Backplane;

/// <summary>
/// What it costs the shared servers to bring one event to many nodes: PostgreSQL alone, where every node reads, against one node that
/// reads and relays through Redis. Says from how many nodes on the relay pays.
/// </summary>
internal sealed class BackplaneBench : IBench
{
    private const int PerSecond = 100;

    public string Name => "backplane";

    public bool IsLong => true;

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        if (BenchRedis.Find() is null)
        {
            run.Say("backplane: redis-server is not installed");
            return [];
        }

        var rows = new List<BenchRow>();
        await using var database = await BenchDatabase.StartAsync(cancellationToken);
        await using var redis = await BenchRedis.StartAsync(cancellationToken);
        foreach (var nodes in run.Pick<int[]>([8], [2, 4, 8, 16]))
        {
            run.Say(string.Create(CultureInfo.InvariantCulture, $"backplane: {nodes} nodes"));
            var relayed = await CostAsync(database, redis, nodes, isRelayed: true, run.Pick(2, 10), cancellationToken);
            var alone = await CostAsync(database, redis, nodes, isRelayed: false, run.Pick(2, 10), cancellationToken);
            rows.Add(new BenchRow(
                Name, string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes: µs CPU of the servers an event"), relayed, alone,
                "PostgreSQL alone", nodes >= 8 ? Target.AtMost(1) : null));
        }

        return rows;
    }

    /// <returns>Microseconds of PostgreSQL and Redis for one event, from its commit to all nodes.</returns>
    private static async Task<double> CostAsync(
        BenchDatabase database, BenchRedis redis, int count, bool isRelayed, int seconds, CancellationToken cancellationToken)
    {
        await using var nodes = await ReadingNodes.StartAsync(
            database.ConnectionString, isRelayed ? redis.ConnectionString : null, count, cancellationToken);
        await nodes.WriteAsync(PerSecond, TimeSpan.FromSeconds(2), cancellationToken);

        IReadOnlyList<int> servers = [.. ProcessCost.WithChildren(await database.ProcessAsync(cancellationToken)), redis.Process];
        var before = ProcessCost.CpuSeconds(servers);
        var events = await nodes.WriteAsync(PerSecond, TimeSpan.FromSeconds(seconds), cancellationToken);
        var cost = ProcessCost.CpuSeconds(servers) - before;
        return cost / events * 1e6;
    }
}
