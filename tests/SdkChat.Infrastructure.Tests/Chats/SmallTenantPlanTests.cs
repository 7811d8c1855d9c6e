using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Tests.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>
/// A tenant with few chats among two with many: by the planner's estimate each has a third, and walking everybody's newest for the small
/// one's would look cheap. It cannot be taken for the tenant's own index, as nothing but that has a tenant's chats in the order that
/// lists ask for: without it they would have to be sorted. Plans are generic, as prepared statements' are.
/// </summary>
public sealed class SmallTenantPlanTests
{
    private TestDatabase _database = null!;
    private Guid _small;

    private static IEnumerable<TestCaseData> Lists =>
    [
        .. from list in ChatHistorySql.Lists
           where list.Key.Scope == ChatListScope.Tenant && list.Key.Kind != ChatListKind.Classes
           select new TestCaseData(list.Value).SetArgDisplayNames(list.Key.Kind.ToString(), list.Key.Position.Name),
        new TestCaseData(ChatHistorySql.FirstOfTenant).SetArgDisplayNames(nameof(ChatHistorySql.FirstOfTenant)),
        new TestCaseData(ChatHistorySql.NearOfTenant).SetArgDisplayNames(nameof(ChatHistorySql.NearOfTenant)),
        new TestCaseData(ChatHistorySql.FirstOfTenants).SetArgDisplayNames(nameof(ChatHistorySql.FirstOfTenants)),
        new TestCaseData(ChatHistorySql.NearOfTenants).SetArgDisplayNames(nameof(ChatHistorySql.NearOfTenants)),
    ];

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        var rows = new Rows(_database.ConnectionString);
        Guid[] tenants = [await rows.TenantAsync("small"), await rows.TenantAsync("one"), await rows.TenantAsync("other")];
        _small = tenants[0];
        Guid[] profiles = [await rows.ProfileAsync(tenants[0]), await rows.ProfileAsync(tenants[1]), await rows.ProfileAsync(tenants[2])];
        await rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
              select gen_random_uuid(), @tenants[whose], @profiles[whose], repeat('Dinner ', 150), 'in_progress', 'not_started', at, at
              from (
                select case when n % 1000 = 0 then 1 else 2 + n % 2 end as whose, timestamptz '2026-01-01' + n * interval '1 minute' as at
                from generate_series(1, 30000) n
                order by n
              ) made
            """,
            new { tenants, profiles });
        await rows.ExecuteAsync("vacuum analyze sdk_chat, sdk_profile");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Lists))]
    public async Task List_OfATenant_HasNoIndexButItsOwnToGoBy(string sql)
    {
        (await ExplainAsync(sql)).Should().Contain("sdk_chat_by_tenant").And.NotContain("Sort");
        (await ExplainAsync(sql, "drop index sdk_chat_by_tenant")).Should().Contain("Sort");
    }

    [Test]
    public async Task List_ThatSaysEquals_CouldGoByEverybodys()
    {
        const string Equals = "select prompt from sdk_chat where tenant_id = @tenant order by created_at desc, chat_id desc limit 100";

        (await ExplainAsync(Equals, "drop index sdk_chat_by_tenant")).Should().Contain("sdk_chat_by_creation").And.NotContain("Sort");
    }

    /// <summary>
    /// Lists and statistics count in functions, whose plans are not seen from outside, but the scans of an index are. Nothing is counted
    /// here, so each function reads chats. The planner takes the table for a hundred times as large: of such a one it would read
    /// everybody's (migration 0032).
    /// </summary>
    [TestCase("chat_history_page('t', @small, 1, @from, @to, 5, 20)")]
    [TestCase("chat_history_rank('t', @small, 1, @from, @to, @to, @empty, true)")]
    [TestCase("chat_history_series('t', @small, array[@from, @to])")]
    [TestCase("chat_history_buckets('t', @small, array[@from, @to], null, null, null, null)")]
    [TestCase("chat_stats_buckets('t', @small, array[@from, @to], null, null, null, null, null, null, null, null)")]
    [TestCase("chat_stats_parts('t', @small, array[@from, @to], array[]::timestamptz[], array[]::timestamptz[])")]
    [TestCase(
        "chat_stats_totals('t', @small, array[@from, @to], array[]::timestamptz[], array[]::timestamptz[], array[]::timestamptz[], "
        + "array[]::integer[])")]
    public async Task Function_OfATenant_CountsInItsOwnIndex(string call)
    {
        await using var connection = new NpgsqlConnection(_database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("update pg_class set reltuples = 3e6 where oid = 'sdk_chat'::regclass");
        var parameters = new
        {
            small = _small, from = new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero),
            to = new DateTimeOffset(2026, 1, 20, 0, 0, 0, TimeSpan.Zero), empty = Guid.Empty,
        };

        await connection.ExecuteAsync($"select * from {call}", parameters);

        var scans = await connection.QuerySingleAsync<(long Own, long Everybodys)>(
            "select pg_stat_get_xact_numscans('sdk_chat_by_tenant'::regclass), "
            + "pg_stat_get_xact_numscans('sdk_chat_by_creation'::regclass)");
        scans.Own.Should().BePositive();
        scans.Everybodys.Should().Be(0);
    }

    private async Task<string> ExplainAsync(string sql, string before = "")
    {
        await using var connection = new NpgsqlConnection(_database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var undone = await connection.BeginTransactionAsync();
        return await GenericPlan.ExplainAsync(connection, sql, before, "", Value);
    }

    private string Value(string name) => name switch
    {
        "tenant" => $"'{_small}'",
        "chat" => $"'{Guid.Empty}'",
        "createdAt" => "'2026-01-15'",
        "from" => "'2026-01-01'",
        "to" => "'2026-02-01'",
        "size" => "20",
        "tenants" => $"array['{_small}']::uuid[]",
        "offsets" => "array[20]::bigint[]",
        "sizes" => "array[20]",
        _ => "0",
    };
}
