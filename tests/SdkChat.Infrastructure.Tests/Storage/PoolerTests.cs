using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>PgBouncer between the service and its database, configured as it is shipped.</summary>
public sealed class PoolerTests
{
    private FreshDatabase _database = null!;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        if (!TestPgBouncer.IsInstalled)
            Assert.Ignore("PgBouncer is not installed.");
        _database = await FreshDatabase.CreateAsync();
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Test]
    public async Task Start_PooledBySession_MigratesAndLeavesNothingBehind()
    {
        await using var pooler = await TestPgBouncer.StartAsync(_database.ConnectionString, "session");

        await FreshDatabase.Migrator(null, null, null).MigrateAsync(pooler.ConnectionString, default);
        await SchemaMigrator.RequireCurrentAsync(pooler.ConnectionString, default);

        (await _database.ScalarAsync<int>(
            "select count(*)::int from pg_locks where locktype = 'advisory' and database = (select oid from pg_database "
            + "where datname = current_database())"))
            .Should().Be(0);
    }

    [Test]
    public async Task Start_PooledByTransaction_SaysThatSessionModeIsNeeded()
    {
        await using var pooler = await TestPgBouncer.StartAsync(_database.ConnectionString, "transaction");
        Func<Task>[] starts =
        [
            () => SchemaMigrator.RequireCurrentAsync(pooler.ConnectionString, default),
            () => FreshDatabase.Migrator(null, null, null).MigrateAsync(pooler.ConnectionString, default),
        ];

        foreach (var start in starts)
            (await start.Should().ThrowAsync<SchemaException>())
                .Which.Message.Should().Match("A connection pooler in transaction mode*pool_mode = session*");
    }

    /// <summary>One server connection in all: there is none for the second question while the first client keeps it.</summary>
    [Test]
    public async Task Start_PooledBySessionWithOneConnection_IsNotTakenForTransactionMode()
    {
        await using var pooler = await TestPgBouncer.StartAsync(_database.ConnectionString, "session", "default_pool_size = 1");
        var start = () =>
            FreshDatabase.Migrator(MigrationScript.All.TakeLast(0), null, null).MigrateAsync(pooler.ConnectionString, default);

        await start.Should().NotThrowAsync();
    }

    [TestCase("Options=-c geqo=off", "options")]
    [TestCase("Options=-c search_path=public", "options")]
    public async Task Start_WithAParameterThatThePoolerRefuses_NamesParameterAndSetting(string more, string parameter)
    {
        await using var pooler = await TestPgBouncer.StartAsync(_database.ConnectionString, "session");
        var start = () => SchemaMigrator.RequireCurrentAsync($"{pooler.ConnectionString};{more}", default);

        (await start.Should().ThrowAsync<SchemaException>())
            .Which.Message.Should().Match($"The connection pooler at 127.0.0.1:*\"{parameter}\"*ignore_startup_parameters*");
    }

    /// <summary>The change feed once needed the start-up parameter, and could then never read.</summary>
    [Test]
    public async Task Feed_PooledBySession_ReadsWithItsOwnSettings()
    {
        await using var pooler = await TestPgBouncer.StartAsync(_database.ConnectionString, "session");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["ConnectionStrings:SdkChat"] = pooler.ConnectionString + ";Search Path=public" })
            .Build();
        await using var connections = new FeedConnections(configuration, Options.Create(new DatabaseOptions()));

        (await connections.Database.QuerySingleOrDefaultAsync<string>(
            "select current_setting('enable_seqscan') || current_setting('jit') || current_setting('search_path')", null, default))
            .Should().Be("offoffpublic");
    }
}
