using Npgsql;
using SdkChat.Application.Auditing;
using SdkChat.Application.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Auditing;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>The tables are in a schema other than <c>public</c>, which both connection strings name (docs/operations/deploy.md).</summary>
public sealed class OtherSchemaTests
{
    /// <summary>It must be quoted.</summary>
    private const string Schema = "\"the shop's\"";

    private static readonly DateTimeOffset Start = new(2026, 4, 23, 5, 0, 0, TimeSpan.Zero);

    private readonly string _role = $"service_{Guid.NewGuid():n}";

    private FreshDatabase _database = null!;
    private NpgsqlDataSource _source = null!;

    [SetUp]
    public async Task SetUp()
    {
        _database = await FreshDatabase.CreateAsync();
        await _database.OutsideAsync($"create role {_role} login password 'not-a-secret'");
        await _database.ExecuteAsync($"create schema {Schema}");
        await FreshDatabase.Migrator(null, null, null).MigrateAsync(As(null), _role, default);
        _source = DataSourceFactory.Create(As(_role), TestDatabase.Options);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
        await _database.OutsideAsync($"drop role {_role}");
    }

    [Test]
    public async Task Service_InAnotherSchema_CountsDeletesAndKeepsTheAuditTrail()
    {
        await SchemaMigrator.RequireCurrentAsync(As(_role), default);
        var database = new Database(_source);
        var rows = new Rows(As(null));
        var tenant = await rows.TenantAsync("demo");
        var profile = await rows.ProfileAsync(tenant);
        var chat = await rows.ChatAsync(tenant, profile, Start, "completed", notificationItems: """[{"name":"Tea"}]""");
        await rows.ChatAsync(tenant, profile, Start.AddMinutes(1), "error");
        await CountAsync(database);
        var both = await StatsAsync(database, tenant);
        both.Should().BeEquivalentTo(new { Chats = 2L, Items = new[] { new TextCount("Tea", 1) }, Errors = 1 });

        await database.ExecuteAsync("delete from sdk_chat where chat_id = @chat", new { chat }, default);
        await CountAsync(database);
        await new AuditStore(database).StoreAsync(new AuditEntry(Start, "hanako", "read_chat", null, null, 200, "1"), default);

        var one = await StatsAsync(database, tenant);
        one.Should().BeEquivalentTo(new { Chats = 1L, Items = Array.Empty<TextCount>(), Errors = 1 });
        var check = await new HistoryCountMaintenance(database, CountShape.Default).RepairAsync(checkOnly: true, default);
        check.NothingToDo.Should().BeTrue();
        var forget = new { now = DateTimeOffset.UtcNow, keepDays = 30, most = 10 };
        (await database.QuerySingleOrDefaultAsync<int>(AuditSql.Forget, forget, default)).Should().Be(1);
        (await _database.ScalarAsync<long>("select count(*) from pg_class where relnamespace = 'public'::regnamespace")).Should().Be(0);
    }

    /// <summary>Otherwise the triggers of a caller's temporary table would have the privileges of the owner.</summary>
    [Test]
    public async Task Functions_WithThePrivilegesOfTheOwner_FindTablesInTheirSchemaAndTemporaryOnesLast()
    {
        var paths = await _database.ScalarAsync<string[]>(
            "select array_agg(array_to_string(proconfig, '; ')) from pg_proc where prosecdef");

        paths.Should().NotBeEmpty().And.AllSatisfy(path => path.Should().Contain($"search_path=pg_catalog, {Schema}, pg_temp"));
    }

    private string As(string? role)
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { SearchPath = Schema };
        if (role is not null)
            (settings.Username, settings.Password) = (role, "not-a-secret");
        return settings.ConnectionString;
    }

    private static async Task CountAsync(Database database)
    {
        await new CountUpdater(database, CountShape.Default).RunAsync(default);
        await new TextUpdater(database).RunAsync(default);
    }

    private static async Task<object> StatsAsync(Database database, Guid tenant)
    {
        var (from, to) = (Start.AddDays(-1), Start.AddDays(1));
        var stats = await new ChatStatistics(new HistoryDatabase(database)).ReadAsync(
            new TenantId(tenant), new ChatFilter { From = from, To = to }, [from, to], withQuestions: false, default);
        return new { Chats = stats.Total.Counts.Total, stats.Items, Errors = stats.Errors.Count };
    }
}
