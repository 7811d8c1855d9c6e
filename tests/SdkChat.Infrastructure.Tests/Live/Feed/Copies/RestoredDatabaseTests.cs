using Microsoft.Extensions.DependencyInjection;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Copies;

/// <summary>
/// A dump of a server whose transaction numbers are far ahead, restored on a new one, and the real service on it: what was stored there
/// means nothing here, and nothing of it may keep the next event back, or come a second time.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RestoredDatabaseTests : IAsyncDisposable
{
    private PrivateServer _former = null!;
    private PrivateServer _restored = null!;
    private DatabaseAddress _address = null!;
    private Guid _tenant;

    [SetUp]
    public async Task StartAsync()
    {
        _address = new DatabaseAddress();
        _former = await PrivateServer.StartAsync(isFarAhead: true);
        _restored = await PrivateServer.StartAsync();
        await _former.MigrateAsync();
        _tenant = await _former.Rows.TenantAsync("demo");
        _address.PointTo(_former.Socket);
    }

    /// <summary>After the test of this instance.</summary>
    public async ValueTask DisposeAsync()
    {
        await _restored.DisposeAsync();
        await _former.DisposeAsync();
        await _address.DisposeAsync();
    }

    [Test]
    public async Task Start_OnARestoredDump_DeliversTheNextEventOnce()
    {
        string key;
        Guid profile;
        await using (var before = await CopiedService.StartAsync(_address, _tenant))
        {
            await UseAsync(before);
            (key, profile) = (before.Key, before.Profile);
        }

        await _restored.RestoreAsync(_former);
        _address.PointTo(_restored.Socket);
        await using var service = await CopiedService.StartAsync(_address, _tenant);
        (service.Key, service.Profile) = (key, profile);

        await WorksAsync(service, chats: 31);
        service.Nodes.SelectMany(node => node.Logs.Entries)
            .Should().ContainSingle(entry => entry.Text.StartsWith(TookOver, StringComparison.Ordinal));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Nodes_WhoseDatabaseIsReplaced_EndTheirStreamsOnceAndDeliverTheNextEventOnce(bool overRedis)
    {
        await using var redis = overRedis ? await RedisAsync() : null;
        await using var service = await CopiedService.StartAsync(_address, _tenant, redis?.ConnectionString);
        await UseAsync(service);
        var streams = await service.OpenStreamsAsync();
        await CopiedService.ArrivedOnceAsync(streams, await service.TriggerAsync(service.Nodes[1]));

        _address.PointTo(null);
        await _restored.RestoreAsync(_former);
        _address.PointTo(_restored.Socket);

        foreach (var stream in streams)
            (await stream.ToEndAsync()).Should().BeTrue();
        await WorksAsync(service, chats: 31);
        var ends = service.Nodes.SelectMany(node => node.Logs.Entries)
            .Where(entry => entry.Text.StartsWith($"Stream of tenant {_tenant} ended", StringComparison.Ordinal)).ToArray();
        ends.Should().HaveCount(streams.Length).And.OnlyContain(entry => entry.Text.Contains("feed_reset", StringComparison.Ordinal));
    }

    [Test]
    public async Task Repair_OfARestoredDump_SaysWhatItDid()
    {
        await using (var before = await CopiedService.StartAsync(_address, _tenant))
            await UseAsync(before);
        await _restored.RestoreAsync(_former);
        _address.PointTo(_restored.Socket);
        await using var services = Services();
        var (feed, counts) = (services.GetRequiredService<FeedTakeover>(), services.GetRequiredService<HistoryCountMaintenance>());

        var check = await feed.RunAsync(checkOnly: true, default);
        check.IsForeign.Should().BeTrue();
        check.Events.Should().BePositive();
        (await feed.RunAsync(checkOnly: false, default)).Should().Be(check);
        (await counts.RepairAsync(checkOnly: false, default)).IsForeign.Should().BeTrue();

        (await feed.RunAsync(checkOnly: true, default)).Should().Be(new FeedTakeoverReport());
        (await counts.RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
        (await _restored.Rows.ScalarAsync<long>("select count(*) from chat_event")).Should().Be(0);
    }

    private const string TookOver = "The database was copied from another server: its change feed begins again";

    /// <summary>Thirty chats of before, events of each kind, counts that are up to date, and a horizon that has moved.</summary>
    private async Task UseAsync(CopiedService service)
    {
        await service.BeginAsync(_former.Rows, chats: 30);
        await service.TriggerAsync(service.Nodes[0]);
        await service.StartChatAsync(service.Nodes[0]);
        await service.Nodes[0].Services.GetRequiredService<HistoryCountMaintenance>().ApplyPendingAsync(default);
        (await service.TotalAsync(service.Nodes[0])).Should().Be(31);
        await _former.MoveHorizonAsync();
    }

    private static async Task WorksAsync(CopiedService service, int chats)
    {
        var streams = await service.OpenStreamsAsync();
        var marks = new[] { await service.TriggerAsync(service.Nodes[0]), await service.TriggerAsync(service.Nodes[1]) };
        await CopiedService.ArrivedOnceAsync(streams, marks);
        await service.StartChatAsync(service.Nodes[0]);
        foreach (var node in service.Nodes)
        {
            (await service.TotalAsync(node)).Should().Be(chats + 1);
            await CopiedService.ReadyAsync(node);
        }
    }

    private static async Task<TestRedis> RedisAsync()
    {
        if (!TestRedis.IsInstalled)
            Assert.Ignore("redis-server is not installed");
        return await TestRedis.StartAsync();
    }

    private ServiceProvider Services() => FeedNode.Services(PrivateServer.ServiceConnection(_address));
}
