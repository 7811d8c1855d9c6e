using System.Diagnostics.Metrics;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>The feed over PostgreSQL with one node relaying through Redis.</summary>
[TestFixture]
internal sealed class RedisEventFeedTests : EventFeedContract
{
    private TestRedis? _redis;

    [OneTimeTearDown]
    public async Task StopRedisAsync()
    {
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [Test]
    public async Task Followers_WhileTheRelaySpeaks_ReadNothing()
    {
        await UntilAllFollowAsync();
        await using var watcher = await EventTransaction.ConnectAsync(ConnectionString);
        const string Listening =
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'sdkchat-feed' "
            + "and query ilike 'listen%'";
        await Eventually.TrueAsync(async () => await watcher.CountAsync(Listening) == 1);

        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        var chats = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var chat in chats)
            await CommitAsync(tenant, chat);

        foreach (var stream in streams)
            (await ChatsAsync(stream, chats.Length)).Should().Equal(chats);
        Nodes.Count(node => node.IsFollowing).Should().Be(Nodes.Length - 1);
    }

    [Test]
    public async Task Redis_AwayAndBack_NobodyMissesAnythingAndNodesFollowAgain()
    {
        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        var chats = Enumerable.Range(0, 30).Select(_ => Guid.NewGuid()).ToArray();

        foreach (var chat in chats[..10])
            await CommitAsync(tenant, chat);
        await _redis!.StopServerAsync();
        foreach (var chat in chats[10..20])
            await CommitAsync(tenant, chat);
        foreach (var stream in streams)
            (await ChatsAsync(stream, 20)).Should().Equal(chats[..20]);
        await _redis.StartServerAsync();
        await UntilAllFollowAsync();
        foreach (var chat in chats[20..])
            await CommitAsync(tenant, chat);

        foreach (var stream in streams)
            (await ChatsAsync(stream, 10)).Should().Equal(chats[20..]);
    }

    [Test]
    public async Task Events_LargerTogetherThanWhatIsRelayed_ReachEveryNodeOnce()
    {
        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        var items = $"[\"{new string('x', 256 * 1024)}\"]";
        var chats = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToArray();
        await using (var writer = await EventTransaction.ConnectAsync(ConnectionString))
        {
            await writer.BeginAsync();
            foreach (var chat in chats)
                await writer.StoreAsync(tenant, chat, "backlist_triggered", items);
            await writer.CommitAsync();
        }

        Nodes[0].Signal.EventsCommitted();
        foreach (var stream in streams)
            (await ChatsAsync(stream, chats.Length)).Should().Equal(chats);
        var next = Guid.NewGuid();
        await CommitAsync(tenant, next);

        foreach (var stream in streams)
            (await ChatsAsync(stream, 1)).Should().Equal(next);
        await UntilAllFollowAsync();
    }

    [Test]
    public async Task Follower_ThatLostTheChannelOfEnds_SubscribesAgainAndFollows()
    {
        var follower = await FollowerAsync();

        await follower.LoseSubscriptionAsync();

        await Eventually.TrueAsync(() => Task.FromResult(!follower.IsFollowing));
        await Eventually.TrueAsync(() => Task.FromResult(follower.IsFollowing));
    }

    [Test]
    public async Task Leader_ThatLostTheChannelOfEnds_SubscribesAgain()
    {
        await UntilAllFollowAsync();
        var leader = Nodes.Single(node => node.Leads);

        await leader.LoseSubscriptionAsync();

        // It waits for its own batches.
        await Eventually.TrueAsync(() => Task.FromResult(leader.Logs.Entries.Any(
            entry => entry.Text.StartsWith("Nothing that was waited for has arrived on channel sdkchat:feed;", StringComparison.Ordinal))));
        await UntilAllFollowAsync();
    }

    [Test]
    public async Task Follower_ThatLostTheChannelOfATenant_SubscribesAgainAndMissesNothing()
    {
        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        var follower = await FollowerAsync();
        var stream = streams[Array.IndexOf(Nodes, follower)];
        async Task<int> GapsOfOneAsync()
        {
            var (before, chat) = (follower.Gaps, Guid.NewGuid());
            await CommitAsync(tenant, chat);
            (await ChatsAsync(stream, 1)).Should().Equal(chat);
            return follower.Gaps - before;
        }

        int SubscribedAgain() => follower.Logs.Entries.Count(
            entry => entry.Text.StartsWith(
                $"Nothing that was waited for has arrived on channel sdkchat:tenant:{tenant};", StringComparison.Ordinal));

        // Once it is subscribed.
        await Eventually.TrueAsync(async () => await GapsOfOneAsync() == 0);
        var before = SubscribedAgain();
        await follower.LoseSubscriptionAsync(tenant);
        await Eventually.TrueAsync(async () =>
        {
            await GapsOfOneAsync();
            return SubscribedAgain() > before;
        });

        await Eventually.TrueAsync(async () => await GapsOfOneAsync() == 0);
    }

    [Test]
    public async Task Probes_OfAFollower_ComeBackThroughTheRelay()
    {
        var returned = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "sdkchat.probe.latency")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref returned));
        listener.Start();
        await using var node = await StartNodeAsync(("Live:ProbeSeconds", "0.3"));

        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref returned) >= 3 && node.IsFollowing));
        node.IsLost.Should().BeFalse();
    }

    /// <summary>All but the leader.</summary>
    private Task UntilAllFollowAsync() => Eventually.TrueAsync(() => Nodes.Count(node => node.IsFollowing) == Nodes.Length - 1);

    private async Task<FeedNode> FollowerAsync()
    {
        await UntilAllFollowAsync();
        return Nodes.First(node => node.IsFollowing);
    }

    protected override Task<FeedNode> StartNodeAsync() => StartNodeAsync([]);

    private async Task<FeedNode> StartNodeAsync(params (string, string)[] more)
    {
        if (!TestRedis.IsInstalled)
            Assert.Ignore("redis-server is not installed");
        _redis ??= await TestRedis.StartAsync();
        var node = await FeedNode.StartAsync(
            ConnectionString,
            [
                .. more,
                ("Backplane", "redis"),
                ("ConnectionStrings:Redis", _redis.ConnectionString),
                ("Redis:SilenceMilliseconds", "1000"),
                ("Live:QueueBytes", $"{64 << 20}"),
                ("Live:PollMilliseconds", "60000"),
                ("Live:FallbackPollMilliseconds", "200"),
            ]);
        await Eventually.TrueAsync(() => Task.FromResult(node.IsFollowing || node.Leads));
        return node;
    }

    /// <summary>The database's connections and Redis', each in whatever it was doing.</summary>
    protected override async Task InterruptAsync()
    {
        await CutDatabaseAsync();
        await _redis!.SendAsync("CLIENT KILL TYPE pubsub");
        await _redis.SendAsync("CLIENT KILL TYPE normal");
    }
}
