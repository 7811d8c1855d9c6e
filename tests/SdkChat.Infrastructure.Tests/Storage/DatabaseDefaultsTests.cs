using Dapper;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>Defaults that an administrator gave a database or a role for others: the service's sessions do not depend on them.</summary>
public sealed class DatabaseDefaultsTests
{
    private static readonly (string Name, string Value)[] Hostile =
    [
        ("default_transaction_isolation", "serializable"), ("default_transaction_read_only", "on"),
        ("default_transaction_deferrable", "on"),
        ("statement_timeout", "5000"), ("lock_timeout", "1"), ("idle_in_transaction_session_timeout", "5000"), ("search_path", "''"),
        ("datestyle", "'SQL, DMY'"), ("intervalstyle", "sql_standard"), ("timezone", "'Asia/Kathmandu'"),
        ("standard_conforming_strings", "off"),
        ("transform_null_equals", "on"),
    ];

    private FreshDatabase _database = null!;

    [SetUp]
    public async Task SetUp()
    {
        _database = await FreshDatabase.CreateAsync();
        foreach (var (name, value) in Hostile)
            await _database.OutsideAsync($"alter database {_database.Name} set {name} = {value}");
    }

    [TearDown]
    public async Task TearDown() => await _database.DisposeAsync();

    [Test]
    public async Task Service_OnADatabaseWithHostileDefaults_MigratesSeedsCountsAndReads()
    {
        (await _database.MigrateAsync()).Should().Be(SchemaMigrator.Scripts.Count);
        await SchemaMigrator.RequireCurrentAsync(_database.ConnectionString, default);
        await using var source = DataSourceFactory.Create(_database.ConnectionString, new DatabaseOptions());
        var database = new Database(source);
        var tenant = new TenantId(Guid.CreateVersion7());

        await database.ExecuteAsync(
            "insert into tenant (tenant_id, code, name) values (@id, 'demo', 'Demo')", new { id = tenant.Value }, default);
        var counts = new HistoryCountMaintenance(database, CountShape.Default);
        await new Seeder(database, counts)
            .SeedAsync(new SeedPlan(tenant, 300, 10, 1, TimeProvider.System.Now()), new SeedProgress(), default);

        (await counts.RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
        (await database.QuerySingleOrDefaultAsync<long>("select count(*) from public.sdk_chat", null, default)).Should().Be(300);
    }

    [TestCase("default_transaction_isolation", "read committed")]
    [TestCase("default_transaction_read_only", "off")]
    [TestCase("statement_timeout", "0")]
    [TestCase("lock_timeout", "0")]
    [TestCase("idle_in_transaction_session_timeout", "1min")]
    [TestCase("search_path", "public")]
    [TestCase("datestyle", "ISO, MDY")]
    [TestCase("timezone", "UTC")]
    [TestCase("standard_conforming_strings", "on")]
    public async Task Session_OfEveryPool_HasWhatItsStatementsNeed(string setting, string value)
    {
        await using var source = DataSourceFactory.Create(_database.ConnectionString + ";No Reset On Close=false", new DatabaseOptions());
        for (var use = 0; use < 2; use++)
        {
            await using var connection = await source.OpenConnectionAsync();
            (await connection.ExecuteScalarAsync<string>($"show {setting}")).Should().Be(value, "also once it has been in the pool");
        }
    }

    /// <summary>
    /// A schema that the role finds by its own search path stays where it is; one that the connection string names comes first.
    /// </summary>
    [TestCase("app", "", "app")]
    [TestCase("nothing", "", "public")]
    [TestCase("app", ";Search Path=\"other, public\"", "other, public")]
    public async Task Session_WithASearchPath_FindsTheSchema(string role, string more, string path)
    {
        await using (var owner = await _database.OpenAsync())
            await owner.ExecuteAsync(
                "set statement_timeout = 0; set transaction read write; create schema app; create table app.schemaversions (a integer)");
        await _database.OutsideAsync($"alter database {_database.Name} set search_path = {role}");
        await using var source = DataSourceFactory.Create(_database.ConnectionString + more, new DatabaseOptions());
        await using var connection = await source.OpenConnectionAsync();

        (await connection.ExecuteScalarAsync<string>("show search_path")).Should().Be(path);
    }
}
