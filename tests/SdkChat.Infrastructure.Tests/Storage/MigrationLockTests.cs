using Dapper;
using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>What a migration waits for, for how long, and who waits for it.</summary>
public sealed class MigrationLockTests
{
    private const long Key = MigrationRun.AdvisoryLock;

    private static readonly MigrationOptions Impatient = new() { LockTimeoutMilliseconds = 50, RetrySeconds = 0.05, WaitSeconds = 1 };
    private static readonly MigrationOptions Patient = new() { LockTimeoutMilliseconds = 50, RetrySeconds = 0.05, WaitSeconds = 600 };

    private FreshDatabase _database = null!;
    private TestLogs _logs = null!;
    private ILoggerFactory _factory = null!;

    [SetUp]
    public async Task SetUp()
    {
        _database = await FreshDatabase.CreateAsync();
        await _database.MigrateAsync();
        _logs = new TestLogs();
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_logs));
    }

    [TearDown]
    public async Task TearDown()
    {
        _factory.Dispose();
        _logs.Dispose();
        await _database.DisposeAsync();
    }

    /// <summary>As a build before this one holds it, or has left it behind on a pooler's connection.</summary>
    [Test]
    public async Task Migrate_CurrentSchema_WaitsForNoLock()
    {
        await using var other = await _database.OpenAsync();
        await other.ExecuteAsync($"select pg_advisory_lock({Key})");

        (await MigrateAsync(Impatient)).Should().Be(0);
        (await FreshDatabase.Migrator(null, Impatient, null).EnsureAsync(_database.ConnectionString, null, default)).Should().Be(0);
    }

    [Test]
    public async Task Migrate_WhileAnotherHasTheTurn_NamesTheHolderAndGivesUp()
    {
        await using var other = await _database.OpenAsync(";Application Name=left behind");
        await other.ExecuteAsync($"select pg_advisory_lock({Key})");

        var migrate = () => MigrateAsync(Impatient, "create table later (a integer)");

        (await migrate.Should().ThrowAsync<SchemaException>()).Which.Message.Should()
            .Match(
                $"Migration *later* has waited * for another migration: *pid {other.ProcessID} (role *application left behind, address "
                + "local, idle) since 2*Z*Migrations:WaitSeconds.");
        Warnings.Should().ContainMatch($"*waits for another migration: the migration lock is held by pid {other.ProcessID} (*");
    }

    [Test]
    public async Task Migrate_OnceTheTurnIsFree_GoesOn()
    {
        await using var other = await _database.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await other.ExecuteAsync($"select pg_advisory_xact_lock({Key})");

        var migrating = MigrateAsync(Patient, "create table later (a integer)");
        await Eventually.TrueAsync(() => Task.FromResult(Warnings.Any()));
        await transaction.RollbackAsync();

        (await migrating).Should().Be(1);
        (await _database.ScalarAsync<int>(
            "select count(*)::int from pg_locks where locktype = 'advisory' and database = (select oid from pg_database "
            + "where datname = current_database())"))
            .Should().Be(0);
    }

    /// <summary>What waits for a table holds up all that come after it: a reader waits no longer than the lock's time-out.</summary>
    [Test]
    public async Task Migrate_TableInUse_LetsReadersThroughAndTriesAgain()
    {
        await using var user = await _database.OpenAsync();
        await using var transaction = await user.BeginTransactionAsync();
        await user.ExecuteAsync("select count(*) from tenant");

        var migrating = MigrateAsync(Patient, "alter table tenant add column later integer");
        await Eventually.TrueAsync(
            () => Task.FromResult(Warnings.Count(text => text.Contains("got no lock within 50 ms", StringComparison.Ordinal)) >= 2));
        await _database.ScalarAsync<long>("set statement_timeout = '30s'; select count(*) from tenant");
        migrating.IsCompleted.Should().BeFalse("its lock is not to be had");
        await transaction.RollbackAsync();

        (await migrating).Should().Be(1);
        Warnings.Should().ContainMatch(
            $"*attempt 2: canceling statement due to lock timeout*oldest open transactions are *pid {user.ProcessID} (*");
    }

    [Test]
    public async Task Migrate_TableInUseForTooLong_GivesUpAndSaysWhoUsesIt()
    {
        await using var user = await _database.OpenAsync();
        await using var transaction = await user.BeginTransactionAsync();
        await user.ExecuteAsync("select count(*) from tenant");

        var migrate = () => MigrateAsync(Impatient, "alter table tenant add column later integer");

        (await migrate.Should().ThrowAsync<SchemaException>())
            .Which.Message.Should().Match($"Migration *has tried for *to lock a table*pid {user.ProcessID} (*");
        (await _database.ScalarAsync<bool>("select exists (select from schemaversions where scriptname = 'later')")).Should().BeFalse();
    }

    /// <summary>Whatever the connection string, the database or the role says.</summary>
    [Test]
    public async Task Migrate_LongStatement_HasNoTimeLimit()
    {
        await _database.OutsideAsync($"alter database {_database.Name} set statement_timeout = '1s'");
        var migrator = FreshDatabase.Migrator(
            [.. MigrationScript.All, new MigrationScript("later", "select pg_sleep(2.5); create table later (a integer)")], Patient, null);

        (await migrator.MigrateAsync(_database.ConnectionString + ";Command Timeout=1", default)).Should().Be(1);
    }

    [Test]
    public async Task Migrate_WithoutTransaction_BuildsAnIndexBesideWritersWhileItHasTheTurn()
    {
        const string Script =
            """
            -- migration: no transaction
            drop index concurrently if exists later_index
            -- next statement
            create index concurrently later_index on tenant (name)
            -- next statement
            create table has_turn as select count(*)::int as locks from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
            """;

        (await MigrateAsync(Patient, Script)).Should().Be(1);
        (await _database.ScalarAsync<bool>("select indisvalid from pg_index where indexrelid = 'later_index'::regclass")).Should().BeTrue();
        (await _database.ScalarAsync<int>("select locks from has_turn")).Should().Be(1);
        (await MigrateAsync(Patient, Script)).Should().Be(0);
    }

    [Test]
    public async Task Migrate_WithoutTransactionThatFails_RunsAgain()
    {
        const string Script =
            "-- migration: no transaction\ncreate table if not exists first (a integer)\n-- next statement\n"
            + "select 1 / (select count(*) from tenant)";
        var migrate = () => MigrateAsync(Patient, Script);

        (await migrate.Should().ThrowAsync<SchemaException>())
            .Which.Message.Should().Be("Migration later failed (22012): division by zero.");
        await new Rows(_database.ConnectionString).TenantAsync("demo");
        (await migrate()).Should().Be(1);
    }

    private IEnumerable<string> Warnings => _logs.Entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Text);

    /// <param name="script">One of a build that is still to come; null for this build.</param>
    private Task<int> MigrateAsync(MigrationOptions options, string? script = null) => _database.MigrateAsync(
        script is null ? null : [.. MigrationScript.All, new MigrationScript("later", script)], options,
        _factory.CreateLogger<SchemaMigrator>());
}
