using System.Diagnostics;
using SdkChat.Faults.Load;
using SdkChat.Faults.Rig;
using SdkChat.Faults.Verdicts;

namespace SdkChat.Faults;

/// <summary>
/// Strikes a running service under load, fault by fault, and judges each: what was committed against what arrived on every stream,
/// what callers were told, and whether every write was carried out once.
/// </summary>
internal sealed class FaultSuite : IAsyncDisposable
{
    private const int WatchersPerTenant = 6;

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);

    private readonly string _backplane;
    private readonly double _factor;
    private readonly int _shoppers;
    private readonly FaultRig _rig;
    private readonly List<Watcher> _watchers = [];

    private FaultSuite(string backplane, double factor, int shoppers, FaultRig rig)
    {
        (_backplane, _factor, _shoppers, _rig) = (backplane, factor, shoppers, rig);
        // Through the proxy as an admin's page comes, and one on each node itself.
        foreach (var tenant in rig.Tenants)
        {
            _watchers.AddRange(
                [.. Enumerable.Range(0, WatchersPerTenant).Select(_ => new Watcher(rig.Proxy.Address, tenant, isProxied: true))]);
            _watchers.AddRange([.. rig.Nodes.Select(node => new Watcher(node.Address, tenant, isProxied: false))]);
        }
    }

    /// <param name="factor">1 for the full length of each fault, less for a quick look.</param>
    /// <param name="folder">Where logs and data go; its owner removes it.</param>
    /// <param name="shoppers">How many of each tenant are busy all the time.</param>
    public static async Task<FaultSuite> StartAsync(
        string backplane, double factor, string folder, RigSetup setup = RigSetup.Plain, int shoppers = 3) =>
        new(backplane, factor, shoppers, await FaultRig.StartAsync(backplane, setup, folder));

    /// <summary>Whether the promises about one fault were kept.</summary>
    public async Task<FaultResult> JudgeAsync(Fault fault)
    {
        await UntilAsync(() => _watchers.All(watcher => watcher.IsConnected));
        var (since, after) = (
            TimeProvider.System.GetUtcNow(), await _rig.Database.ScalarAsync<long>("select last_value from chat_event_number"));
        foreach (var watcher in _watchers)
            watcher.Oddities.Clear();
        var (writes, calls) = (new AcceptedWrites(), new CallCounts());
        using var stop = new CancellationTokenSource();
        Task[] shoppers =
        [
            .. from tenant in _rig.Tenants
               from number in Enumerable.Range(0, _shoppers)
               select Task.Run(() => ShopAsync(new Shopper(_rig.Proxy.Address, tenant, writes, calls, number), stop.Token)),
        ];

        await Task.Delay(TimeSpan.FromSeconds(2));
        var remarks = new List<string>();
        try
        {
            await fault.Strike(_rig, _factor);
        }
        catch (InvalidOperationException exception)
        {
            remarks.Add(exception.Message);
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
        if (!await UntilAsync(() => _watchers.All(watcher => watcher.IsConnected)))
            remarks.Add($"{_watchers.Count(watcher => !watcher.IsConnected)} streams have not come back");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await Task.WhenAll(shoppers);
        return await JudgeAsync(fault, since, after, writes, calls, remarks);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var watcher in _watchers)
                await watcher.DisposeAsync();
        }
        finally
        {
            // Whatever went wrong, no node stays behind.
            await _rig.DisposeAsync();
        }
    }

    private static async Task ShopAsync(Shopper shopper, CancellationToken stop)
    {
        using (shopper)
            await shopper.ShopAsync(stop);
    }

    private async Task<FaultResult> JudgeAsync(
        Fault fault, DateTimeOffset since, long after, AcceptedWrites writes, CallCounts calls, List<string> remarks)
    {
        var committed = await _rig.Database.QueryAsync<CommittedRow>(CommittedRow.Sql, new { after });
        // Late is not missing: whatever is on its way has time to arrive.
        await UntilAsync(() => StreamVerdict.Create(committed, Clients(), since).Missing == 0);
        var streams = StreamVerdict.Create(committed, Clients(), since);
        var carriedOut = await WriteVerdict.OfAsync(_rig.Database, committed, writes);
        var gaps = Reconnects.Count(_watchers.Where(watcher => watcher.IsProxied), since);
        remarks.AddRange(
            _watchers.SelectMany(watcher => watcher.Oddities).Concat(calls.Strange).GroupBy(odd => odd).Take(10)
                .Select(odd => $"{odd.Count()} x {odd.Key}"));
        return new FaultResult(
            fault.Name, _backplane, committed.Count, streams.Delivered, streams.Missing, streams.Duplicates, streams.OutOfOrder,
            streams.Foreign, streams.Kept, streams.Broken, gaps.LongestSeconds, gaps.WorstSecond, calls.Succeeded, calls.Unavailable,
            calls.Proxy, calls.Strange.Count, carriedOut.Writes, carriedOut.Lost, carriedOut.Twice, await HistoryVerdict.MissingAsync(_rig),
            remarks);
    }

    private IEnumerable<(Guid Tenant, IReadOnlyList<WatcherSession> Sessions)> Clients() =>
        _watchers.Select(watcher => (watcher.Tenant.Id, watcher.Sessions));

    private static async Task<bool> UntilAsync(Func<bool> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < WaitLimit;)
        {
            if (condition())
                return true;
            await Task.Delay(100);
        }

        return condition();
    }
}
