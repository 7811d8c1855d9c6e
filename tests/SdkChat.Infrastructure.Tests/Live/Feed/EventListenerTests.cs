using Npgsql;
using SdkChat.Infrastructure.Tests.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>What the feed does when nobody, or nothing, tells it to look.</summary>
public sealed class EventListenerTests
{
    private TestDatabase _database = null!;
    private Guid _tenant;

    /// <summary>The tenant is there before the nodes: their first look at the directory ends the streams of one that is not.</summary>
    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await new Rows(_database.OwnerConnectionString).TenantAsync("demo");
    }

    [TearDown]
    public async Task StopAsync() => await _database.DisposeAsync();

    [Test]
    public async Task Connection_ThatDiedWithoutAWord_IsNoticedAndReplaced()
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        await using var proxy = new FrozenProxy(settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", proxy.Port);
        await using var node = await FeedNode.StartAsync(
            settings.ConnectionString,
            ("Live:ListenSilenceSeconds", "1"), ("Live:PollMilliseconds", "60000"), ("Live:FallbackPollMilliseconds", "60000"),
            ("Database:CommandTimeoutSeconds", "1"));
        await node.HearsAsync();
        using var stream = node.Open(_tenant);

        proxy.Freeze();
        await StoreAsync();

        // A read that the freeze interrupted is repeated, and may find the event before the silence is noticed.
        await stream.ReadUntilAsync(frames => frames.Count == 1);
        await Eventually.TrueAsync(() => Task.FromResult(
            node.Logs.Entries.Any(entry => entry.Text.StartsWith("LISTEN does not work", StringComparison.Ordinal))));
        await node.HearsAsync(times: 2);
    }

    [Test]
    public async Task Event_ThatNobodyToldOf_IsFoundByThePoll()
    {
        await using var node = await FeedNode.StartAsync(_database.ConnectionString, ("Live:PollMilliseconds", "50"));
        await node.HearsAsync();
        using var stream = node.Open(_tenant);

        await StoreAsync();

        await stream.ReadUntilAsync(frames => frames.Count == 1);
    }

    private async Task StoreAsync()
    {
        await using var writer = await EventTransaction.ConnectAsync(_database.ConnectionString);
        await writer.StoreAsync(_tenant, Guid.NewGuid());
    }
}
