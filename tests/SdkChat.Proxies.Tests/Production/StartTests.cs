using Dapper;
using Npgsql;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>Nodes and migrations start beside others, or say in one sentence why they do not.</summary>
public sealed class StartTests
{
    /// <summary>The lock that migrations of every version take (<c>MigrationRun.AdvisoryLock</c>).</summary>
    private static readonly string Turn = $"select pg_advisory_xact_lock({0x73646B63686174})";

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-starts-").FullName;

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Node_OnACurrentSchema_DoesNotWaitForAMigration()
    {
        var rig = ProductionSetup.Rig;
        await using var holder = await OpenAsync(rig.OwnerConnectionString);
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync(Turn, transaction: transaction);

        await using var node = await ServiceNode.StartAsync("beside-a-migration", _folder, rig.Settings);

        (await node.IsReadyAsync()).Should().BeTrue();
    }

    /// <summary>Every attempt that fails names the holder; once the turn is free the migration runs.</summary>
    [Test]
    public async Task Migrate_WhileAnotherHoldsTheTurn_NamesItAndThenMigrates()
    {
        await using var database = await EmptyDatabaseAsync(ofOwner: true);
        await using var holder = await OpenAsync(database.ConnectionString + ";Application Name=the-other-migration");
        var transaction = await holder.BeginTransactionAsync();
        await holder.ExecuteAsync(Turn, transaction: transaction);
        var migrate = PublishedService.RunAsync(_folder, ["migrate"], new Dictionary<string, string>
        {
            ["ConnectionStrings__SdkChat"] = database.ConnectionString,
            ["Migrations__RetrySeconds"] = "0.2",
        });

        await Polling.UntilAsync(
            "the migration names the holder",
            async () => (await LogsAsync("migrate-*.log")).Contains("the-other-migration", StringComparison.Ordinal));
        migrate.IsCompleted.Should().BeFalse();
        await transaction.RollbackAsync();

        var (code, output) = await migrate;
        code.Should().Be(0, output);
        output.Should().Contain("waits for another migration").And.NotContain("   at ");
    }

    [TestCase("empty")]
    [TestCase("older")]
    public async Task Node_OfTheServicesRoleWithoutTheSchema_SaysSoInOneSentence(string schema)
    {
        await using var database = await EmptyDatabaseAsync(ofOwner: false);
        await using var older = await TestDatabase.CreateAsync();
        await new Rows(older.ConnectionString).ExecuteAsync(
            "delete from schemaversions where scriptname = (select max(scriptname) from schemaversions); drop table erasure cascade");

        await FailsAsync(
            schema == "empty" ? database.ConnectionString : older.ConnectionString,
            "*is older than this build*run the migrate verb with ConnectionStrings__SdkChatMigrations*");
    }

    [Test]
    public async Task Node_BehindAPoolerInTransactionMode_SaysSoInOneSentence()
    {
        if (!TestPgBouncer.IsInstalled)
            Assert.Ignore("pgbouncer is not installed.");
        await using var database = await TestDatabase.CreateAsync();
        await using var pooler = await TestPgBouncer.StartAsync(database.ConnectionString, "transaction");

        await FailsAsync(
            pooler.ConnectionString, "*A connection pooler in transaction mode is in front of PostgreSQL*Set pool_mode = session*");
    }

    private async Task FailsAsync(string connectionString, string sentence)
    {
        var settings = new Dictionary<string, string>(ServiceNode.Required("fails", metrics: 0))
        {
            ["ConnectionStrings__SdkChat"] = connectionString,
            ["Pipeline__BaseUrl"] = "http://127.0.0.1:9",
        };
        var (code, output) = await PublishedService.RunAsync(_folder, ["up", "--urls", "http://127.0.0.1:0"], settings);

        code.Should().Be(1, output);
        output.Should().Match(sentence).And.NotContain("   at ");
        output.Length.Should().BeLessThan(1500, "one sentence, and what the host logs");
    }

    private async Task<string> LogsAsync(string pattern) =>
        string.Concat(await Task.WhenAll(Directory.GetFiles(_folder, pattern).Select(file => File.ReadAllTextAsync(file))));

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Of the roles that <c>roles.sql</c> made.</summary>
    private static async Task<EmptyDatabase> EmptyDatabaseAsync(bool ofOwner)
    {
        var rig = ProductionSetup.Rig;
        return await EmptyDatabase.CreateAsync(ofOwner ? rig.OwnerConnectionString : rig.Settings["ConnectionStrings__SdkChat"]);
    }
}
