using Npgsql;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

public sealed class TieredPoolTests
{
    private const string OwnSession = "select pg_backend_pid()";

    private TestDatabase _test = null!;

    [SetUp]
    public async Task SetUp() => _test = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _test.DisposeAsync();

    [TestCase(1, new[] { 1 })]
    [TestCase(2, new[] { 2 })]
    [TestCase(3, new[] { 2, 1 })]
    [TestCase(8, new[] { 2, 6 })]
    [TestCase(9, new[] { 2, 6, 1 })]
    [TestCase(32, new[] { 2, 6, 24 })]
    public void Sizes_OfSoManyConnections_AddUpToThem(int connections, int[] sizes) => TieredPool.Sizes(connections).Should().Equal(sizes);

    [Test]
    public async Task Statements_OneByOneAfterABurst_MeetTheSameSessions()
    {
        await using var pool = new TieredPool(Settings(20), "test");
        var database = new Database(pool);
        (await AtOnceAsync(database, 20)).Distinct().Should().HaveCount(20);

        (await OneByOneAsync(database)).Distinct().Count().Should().BeLessThanOrEqualTo(2);
    }

    [Test]
    public async Task Statements_OneByOneAfterABurstOnAPlainPool_GoRoundAmongAll()
    {
        await using var plain = NpgsqlDataSource.Create(Settings(20).ConnectionString);
        var database = new Database(plain);
        await AtOnceAsync(database, 20);

        (await OneByOneAsync(database)).Distinct().Count().Should().BeGreaterThan(2, "this is what the tiers are for");
    }

    [Test]
    public async Task Statements_MoreThanConnections_WaitForThem()
    {
        await using var pool = new TieredPool(Settings(10), "test");
        var database = new Database(pool);

        var sessions = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(_ => database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default)));

        sessions.Distinct().Count().Should().BeInRange(3, 10);
    }

    [Test]
    public async Task Place_OfWhoGotNoConnection_IsFreeAgain()
    {
        await using var pool = new TieredPool(Settings(3), "test");
        var database = new Database(pool);
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        for (var i = 0; i < 10; i++)
            await database.Invoking(gone => gone.QuerySingleOrDefaultAsync<int>(OwnSession, null, left.Token))
                .Should().ThrowAsync<OperationCanceledException>();

        (await AtOnceAsync(database, 3)).Distinct().Should().HaveCount(3);
    }

    [Test]
    public async Task Connections_ThatAreToBeKept_AreSpreadOverTheTiers()
    {
        var settings = Settings(9);
        settings.MinPoolSize = 9;
        await using var pool = new TieredPool(settings, "test");

        (await OneByOneAsync(new Database(pool))).Should().NotBeEmpty("no tier is to keep more than it has");
    }

    private NpgsqlConnectionStringBuilder Settings(int connections)
    {
        var settings = DataSourceFactory.Settings(_test.ConnectionString, new DatabaseOptions());
        settings.MaxPoolSize = connections;
        settings.Timeout = (int)Deadlines.Soon.TotalSeconds;
        return settings;
    }

    /// <returns>The sessions that so many met who held theirs until all had one.</returns>
    private static async Task<int[]> AtOnceAsync(Database database, int count)
    {
        var all = new TaskCompletionSource();
        var arrived = 0;
        return await Task.WhenAll(Enumerable.Range(0, count).Select(_ => database.RunAsync(
            async connection =>
            {
                if (Interlocked.Increment(ref arrived) == count)
                    all.SetResult();
                await all.Task.WaitAsync(Deadlines.Soon);
                return connection.ProcessID;
            },
            default)));
    }

    private static async Task<IReadOnlyList<int>> OneByOneAsync(Database database)
    {
        var sessions = new List<int>();
        for (var i = 0; i < 30; i++)
            sessions.Add(await database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default));
        return sessions;
    }
}
