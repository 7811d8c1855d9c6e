using Npgsql;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>
/// The pool hands sessions on as they are (<c>No Reset On Close</c>), so whoever had one before must have left it clean. One
/// connection serves all here, and what it was used for is all that changes settings or takes locks.
/// </summary>
public sealed class SessionStateTests
{
    private const string Leftovers =
        """
        select 'setting ' || name || '=' || setting from pg_settings where source = 'session'
        union all select 'advisory lock' from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
        union all select 'listening to ' || channel from pg_listening_channels() as channel
        union all select 'temporary table ' || relname from pg_class where relpersistence = 't'
        """;

    private TestDatabase _test = null!;
    private NpgsqlDataSource _source = null!;
    private Database _database = null!;

    /// <summary>What each session begins with.</summary>
    private IReadOnlyList<string> _begun = [];

    [SetUp]
    public async Task SetUp()
    {
        _test = await TestDatabase.CreateAsync();
        var settings = DataSourceFactory.Settings(_test.OwnerConnectionString, new DatabaseOptions());
        settings.MaxPoolSize = 1;
        _source = DataSourceFactory.Open(settings, "test");
        _database = new Database(_source);
        _begun = await AllAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _source.DisposeAsync();
        await _test.DisposeAsync();
    }

    [Test]
    public async Task Session_AfterSeedingAndCounting_IsClean()
    {
        var tenant = new TenantId(await new Rows(_test.ConnectionString).TenantAsync("load"));
        var counts = new HistoryCountMaintenance(_database, CountShape.Default);
        var session = await SessionAsync();

        await new Seeder(_database, counts)
            .SeedAsync(new SeedPlan(tenant, 300, 10, 1, TimeProvider.System.Now()), new SeedProgress(), default);
        await counts.RepairAsync(checkOnly: false, default);

        (await SessionAsync()).Should().Be(session, "it is the same one");
        (await LeftoversAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Session_WhoseCountingIsCancelled_IsClean()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var counting = () => new HistoryCountMaintenance(_database, CountShape.Default).ApplyPendingAsync(cancelled.Token);

        await counting.Should().ThrowAsync<OperationCanceledException>();
        (await LeftoversAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Session_WithSomethingLeft_IsFound()
    {
        await _database.ExecuteAsync("set work_mem = '1MB'", null, default);
        await _database.ExecuteAsync("select pg_advisory_lock(1)", null, default);

        (await LeftoversAsync()).Should().BeEquivalentTo("setting work_mem=1024", "advisory lock");
    }

    private async Task<IEnumerable<string>> LeftoversAsync() => (await AllAsync()).Except(_begun);

    private Task<IReadOnlyList<string>> AllAsync() => _database.QueryAsync<string>(Leftovers, null, default);

    private Task<int> SessionAsync() => _database.QuerySingleOrDefaultAsync<int>("select pg_backend_pid()", null, default);
}
