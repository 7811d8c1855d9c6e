using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>The server closes connections that wait in the pool: a read does not notice, and a write is never carried out twice.</summary>
public sealed class LostConnectionTests
{
    private const string OwnSession = "select pg_backend_pid()";

    private TestDatabase _test = null!;
    private Rows _rows = null!;

    [SetUp]
    public async Task SetUp()
    {
        _test = await TestDatabase.CreateAsync();
        _rows = new Rows(_test.OwnerConnectionString);
        await _rows.ExecuteAsync("create table written (number int); grant select, insert on written to public");
    }

    [TearDown]
    public async Task TearDown() => await _test.DisposeAsync();

    [Test]
    public async Task Read_AfterIdleSessionTimeout_IsRepeatedOnAFreshConnection()
    {
        await using var pool = Pool("-c idle_session_timeout=1500");
        var database = new Database(pool);
        var before = await database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default);
        await GoneAsync(before);

        (await database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default)).Should().NotBe(before).And.BePositive();
    }

    [Test]
    public async Task Reads_AtOnceAfterAllConnectionsWereClosed_AllSucceed()
    {
        await using var pool = Pool();
        var database = new Database(pool);
        var all = new TaskCompletionSource();
        var arrived = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => database.RunAsync(
            async connection =>
            {
                if (Interlocked.Increment(ref arrived) == 20)
                    all.SetResult();
                await all.Task;
                return connection.ProcessID;
            },
            default)));
        await TerminateAllAsync();

        var sessions = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(_ => database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default)));

        sessions.Should().OnlyContain(session => session > 0);
    }

    /// <summary>Each was ended after it was opened and before the read was sent on it.</summary>
    [Test]
    public async Task Read_ThatIsHandedManyDeadConnections_GetsToALiveOne()
    {
        const int Dead = 6;
        var opened = 0;
        await using var source = Source(async connection =>
        {
            if (++opened <= Dead)
                await _rows.ExecuteAsync("select pg_terminate_backend(@session, 10000)", new { session = connection.ProcessID });
        });

        (await new Database(source).QuerySingleOrDefaultAsync<int>(OwnSession, null, default)).Should().BePositive();

        opened.Should().Be(Dead + 1);
    }

    /// <summary>As one that crashes the server process that runs it.</summary>
    [Test]
    public async Task Read_ThatEndsEachSession_IsSentThreeTimes()
    {
        var opened = 0;
        await using var source = Source(_ =>
        {
            opened++;
            return Task.CompletedTask;
        });

        await new Database(source)
            .Invoking(ended => ended.QuerySingleOrDefaultAsync<bool>("select pg_terminate_backend(pg_backend_pid())", null, default))
            .Should().ThrowAsync<UnavailableException>();

        opened.Should().Be(3);
    }

    [Test]
    public async Task Read_WhoseConnectionEndsWhileItRuns_IsRepeated()
    {
        await using var pool = Pool();
        var database = new Database(pool);
        await using var locking = new NpgsqlConnection(_test.OwnerConnectionString);
        await locking.OpenAsync();
        await using var transaction = await locking.BeginTransactionAsync();
        await locking.ExecuteAsync("lock table written in access exclusive mode");
        var reading = database.QueryAsync<int>("select number from written", null, default);
        await Eventually.TrueAsync(() => _rows.ScalarAsync<bool>(
            "select exists (select from pg_locks where relation = 'written'::regclass and not granted and database = (select oid "
            + "from pg_database where datname = current_database()))"));

        await TerminateAllAsync();
        await transaction.RollbackAsync();

        (await reading).Should().BeEmpty();
    }

    [Test]
    public async Task Write_OnAClosedConnection_IsUnavailableAndTheNextSucceeds()
    {
        await using var pool = Pool();
        var database = new Database(pool);
        await database.ExecuteAsync("insert into written values (1)", null, default);
        await TerminateAllAsync();

        await database.Invoking(closed => closed.ExecuteAsync("insert into written values (2)", null, default))
            .Should().ThrowAsync<UnavailableException>();
        await database.ExecuteAsync("insert into written values (3)", null, default);

        (await database.QueryAsync<int>("select number from written order by number", null, default)).Should().Equal(1, 3);
    }

    /// <summary>
    /// A write that returns rows is asked for like a read; it must not be repeated like one, whatever became of the first attempt.
    /// </summary>
    [Test]
    public async Task Write_ThatReturnsRowsAndWhoseAnswerIsLost_IsNotRepeated()
    {
        await using var pool = Pool();
        var database = new Database(pool);
        // Ends its own session once it has committed: the caller never learns that it did.
        await _rows.ExecuteAsync(
            """
            create procedure write_and_die() language plpgsql as $$
            begin insert into written values (1); commit; perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(60); end $$
            """);

        await database.Invoking(closed => closed.QuerySingleOrDefaultAsync<int>("call write_and_die()", null, default))
            .Should().ThrowAsync<UnavailableException>();

        (await _rows.ScalarAsync<int>("select count(*)::int from written")).Should().Be(1);
    }

    [Test]
    public async Task Transaction_ThatTheServerEndedForItsIdleness_IsUnavailable()
    {
        await using var pool = Pool();
        var database = new Database(pool);

        await database.Invoking(closed => closed.RunAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await connection.ExecuteAsync("set local idle_in_transaction_session_timeout = 100; insert into written values (1)");
                await GoneAsync(connection.ProcessID);
                return await connection.ExecuteAsync("insert into written values (2)");
            },
            default)).Should().ThrowAsync<UnavailableException>();

        (await _rows.ScalarAsync<int>("select count(*)::int from written")).Should().Be(0);
    }

    [TestCase("alter role {0} password 'another'", "28P01")]
    [TestCase("alter role {0} nologin", "28000")]
    [TestCase("alter role {0} connection limit 0", "53300")]
    [TestCase("alter database {1} allow_connections false", "55000")]
    [TestCase("alter database {1} rename to {2}", "3D000")]
    public async Task Login_ThatIsRefused_IsAnOutageAndOverOnceItIsAllowed(string refuse, string state)
    {
        var role = $"role_{Guid.NewGuid():n}";
        await _rows.ExecuteAsync($"create role {role} login password 'first'");
        var settings = new NpgsqlConnectionStringBuilder(_test.ConnectionString) { Username = role, Password = "first", Pooling = false };
        var (name, other) = (settings.Database!, $"{settings.Database}_b");
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        var database = new Database(source);
        (await database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default)).Should().BePositive();
        NpgsqlConnection.ClearAllPools();
        await MaintainAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, refuse, role, name, other));

        (await database.Invoking(refused => refused.QuerySingleOrDefaultAsync<int>(OwnSession, null, default))
            .Should().ThrowAsync<UnavailableException>())
            .WithInnerException<PostgresException>().Which.SqlState.Should().Be(state);

        foreach (var allow in new[]
        {
            $"alter role {role} login password 'first' connection limit -1", $"alter database {other} rename to {name}",
            $"alter database {name} allow_connections true",
        })
            await MaintainAsync(allow, mayFail: true);
        (await database.QuerySingleOrDefaultAsync<int>(OwnSession, null, default)).Should().BePositive();
        await MaintainAsync($"drop role {role}");
    }

    /// <param name="whenOpened">Called for each connection to the server.</param>
    private NpgsqlDataSource Source(Func<NpgsqlConnection, Task> whenOpened)
    {
        var builder = new NpgsqlDataSourceBuilder(_test.ConnectionString);
        builder.UsePhysicalConnectionInitializer(_ => { }, whenOpened);
        return builder.Build();
    }

    private TieredPool Pool(string? options = null)
    {
        var settings = DataSourceFactory.Settings(_test.ConnectionString, new DatabaseOptions());
        settings.Options = options;
        return new TieredPool(settings, "test");
    }

    private async Task MaintainAsync(string sql, bool mayFail = false)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_test.OwnerConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        try
        {
            await connection.ExecuteAsync(sql);
        }
        catch (PostgresException) when (mayFail)
        {
            // It was not this that the case had changed.
        }
    }

    private Task TerminateAllAsync() => _rows.ExecuteAsync(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and usename <> current_user");

    private Task GoneAsync(int session) => Eventually.TrueAsync(
        async () => !await _rows.ScalarAsync<bool>("select exists (select from pg_stat_activity where pid = @session)", new { session }));
}
