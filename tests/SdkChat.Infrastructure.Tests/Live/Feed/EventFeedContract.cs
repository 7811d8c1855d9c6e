using System.Text.RegularExpressions;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Tests.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>
/// What every way of bringing committed events to the nodes must keep (contract, section 6). An implementation inherits this
/// and says how a node of its kind is started, and how it is cut off.
/// </summary>
internal abstract partial class EventFeedContract
{
    private readonly List<ISseStream> _streams = [];

    private TestDatabase _database = null!;

    protected string ConnectionString => _database.ConnectionString;

    /// <summary>Three nodes: nothing may depend on there being one, or on which one made a change.</summary>
    protected FeedNode[] Nodes { get; private set; } = [];

    /// <summary>Polling is set so slow that only being told can explain what comes in time.</summary>
    protected abstract Task<FeedNode> StartNodeAsync();

    /// <summary>Breaks whatever connections the feeds of all nodes have.</summary>
    protected abstract Task InterruptAsync();

    /// <summary>Between two commands, in the middle of one, while listening: whatever each is doing.</summary>
    protected async Task CutDatabaseAsync()
    {
        await using var killer = await EventTransaction.ConnectAsync(ConnectionString);
        await killer.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and application_name = 'sdkchat-feed'
            """);
    }

    [OneTimeSetUp]
    public async Task StartNodesAsync()
    {
        _database = await TestDatabase.CreateAsync();
        Nodes = [await StartNodeAsync(), await StartNodeAsync(), await StartNodeAsync()];
    }

    [OneTimeTearDown]
    public async Task StopNodesAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TearDown]
    public void EndStreams() => _streams.ForEach(stream => stream.Dispose());

    [Test]
    public async Task Event_ReachesTheTenantsStreamsOnEveryNodeOnce()
    {
        var (tenant, other) = (await TenantAsync(), await TenantAsync());
        var streams = OpenEverywhere(tenant);
        var others = OpenEverywhere(other);
        var (chat, foreign) = (Guid.NewGuid(), Guid.NewGuid());

        await CommitAsync(tenant, chat);
        await CommitAsync(other, foreign);

        foreach (var stream in streams)
            (await ChatsAsync(stream, 1)).Should().Equal(chat);
        foreach (var stream in others)
            (await ChatsAsync(stream, 1)).Should().Equal(foreign);
        streams.Concat(others).Should().OnlyContain(stream => stream.Take() == "");
    }

    [Test]
    public async Task Event_OfATransactionThatCommitsLate_ArrivesAndDelaysNobody()
    {
        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await using var slow = await EventTransaction.ConnectAsync(ConnectionString);
        await slow.BeginAsync();
        await slow.StoreAsync(tenant, late);
        await CommitAsync(tenant, early);
        foreach (var stream in streams)
            (await ChatsAsync(stream, 1)).Should().Equal(early);

        await slow.CommitAsync();
        Nodes[1].Signal.EventsCommitted();

        foreach (var stream in streams)
            (await ChatsAsync(stream, 1)).Should().Equal(late);
    }

    [Test]
    public async Task Events_OfOneChat_ArriveInTheOrderOfTheirCommits()
    {
        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        await using var writer = await EventTransaction.ConnectAsync(ConnectionString);
        for (var i = 0; i < 500; i++)
        {
            await writer.StoreAsync(tenant, Guid.NewGuid(), "backlist_triggered", $"[{i}]");
            Nodes[i % Nodes.Length].Signal.EventsCommitted();
        }

        foreach (var stream in streams)
        {
            var frames = await stream.ReadUntilAsync(read => read.Count >= 500);
            frames.Select(frame => Items().Match(frame).Groups[1].Value).Should().Equal(Enumerable.Range(0, 500).Select(i => $"{i}"));
        }
    }

    [Test]
    public async Task Events_CommittedWhileTheFeedIsCutOff_ArriveOnceAndStreamsStay()
    {
        var tenant = await TenantAsync();
        var streams = OpenEverywhere(tenant);
        var chats = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            if (i % 5 == 0)
                await InterruptAsync();
            chats.Add(Guid.NewGuid());
            await CommitAsync(tenant, chats[^1]);
        }

        foreach (var stream in streams)
            (await ChatsAsync(stream, 20)).Should().Equal(chats);
        streams.Should().OnlyContain(stream => stream.Take() == "");
    }

    [Test]
    public async Task Stream_OpenedAtAnyTime_GetsWhateverCommitsFromThenOn()
    {
        var tenant = await TenantAsync();
        await using var writer = await EventTransaction.ConnectAsync(ConnectionString);
        for (var i = 0; i < 50; i++)
        {
            // Before ready: may come or not. After: must come.
            await writer.StoreAsync(tenant, Guid.NewGuid());
            var stream = Nodes[i % Nodes.Length].Open(tenant);
            _streams.Add(stream);
            var chat = Guid.NewGuid();
            await writer.StoreAsync(tenant, chat);
            Nodes[(i + 1) % Nodes.Length].Signal.EventsCommitted();

            var frames = await stream.ReadUntilAsync(read => read.Any(frame => frame.Contains($"{chat}", StringComparison.Ordinal)));
            frames.Should().OnlyHaveUniqueItems();
        }
    }

    [Test]
    public async Task OptInEvent_ArrivesWhereAStreamAsksForIt_AndNowhereElse()
    {
        var tenant = await TenantAsync();
        var plain = OpenEverywhere(tenant);
        var asking = Nodes.Select(node => node.Open(tenant, LiveEvents.ChatStarted | LiveEvents.ChatEnded)).ToArray();
        _streams.AddRange(asking);
        var (chat, last) = (Guid.NewGuid(), Guid.NewGuid());

        await CommitAsync(tenant, chat, LiveEvents.ChatStarted);
        await CommitAsync(tenant, Guid.NewGuid(), LiveEvents.ChatFailed);
        await CommitAsync(tenant, chat, LiveEvents.ChatEnded);
        foreach (var stream in asking)
            (await stream.ReadUntilAsync(read => read.Count >= 2)).Select(Name).Should().Equal("chat_started", "chat_ended");

        await CommitAsync(tenant, last);
        foreach (var stream in plain)
            (await ChatsAsync(stream, 1)).Should().Equal(last);
        asking.Should().OnlyContain(stream => stream.Take() == "");
    }

    [Test]
    public async Task OptInStream_OpenedAtAnyTime_GetsWhateverCommitsFromThenOn()
    {
        var tenant = await TenantAsync();
        await using var writer = await EventTransaction.ConnectAsync(ConnectionString);
        for (var i = 0; i < 30; i++)
        {
            var node = Nodes[i % Nodes.Length];
            // Reads are under way while it is opened.
            node.Signal.EventsCommitted();
            using var stream = node.Open(tenant, LiveEvents.ChatStarted);
            var chat = Guid.NewGuid();
            await writer.StoreAsync(tenant, chat, "chat_started");
            node.Signal.EventsCommitted(LiveEvents.ChatStarted);

            var frames = await stream.ReadUntilAsync(read => read.Any(frame => frame.Contains($"{chat}", StringComparison.Ordinal)));
            frames.Should().OnlyHaveUniqueItems();
        }
    }

    /// <summary>One that exists: streams of others are ended when a node gets to know its tenants.</summary>
    protected Task<Guid> TenantAsync() => new Rows(ConnectionString).TenantAsync($"t-{Guid.NewGuid():n}");

    /// <summary>Stores an event, and tells the feeds as the node that did so would.</summary>
    protected async Task CommitAsync(Guid tenant, Guid chat, LiveEvents kind = LiveEvents.ChatCompleted)
    {
        await using var writer = await EventTransaction.ConnectAsync(ConnectionString);
        await writer.StoreAsync(tenant, chat, LiveEventNames.All[System.Numerics.BitOperations.Log2((uint)kind)]);
        Nodes[Random.Shared.Next(Nodes.Length)].Signal.EventsCommitted(kind);
    }

    private static string Name(string frame) => frame["event: ".Length..frame.IndexOf('\n', StringComparison.Ordinal)];

    protected ISseStream[] OpenEverywhere(Guid tenant)
    {
        ISseStream[] streams = [.. Nodes.Select(node => node.Open(tenant))];
        _streams.AddRange(streams);
        return streams;
    }

    protected static async Task<IEnumerable<Guid>> ChatsAsync(ISseStream stream, int count)
    {
        var frames = await stream.ReadUntilAsync(read => read.Count >= count);
        return frames.Select(frame => Guid.Parse(Chat().Match(frame).Groups[1].Value));
    }

    [GeneratedRegex("\"chat_id\":\"([^\"]+)\"")]
    private static partial Regex Chat();

    [GeneratedRegex(@"""notification_items"":\[(\d+)\]")]
    private static partial Regex Items();
}
