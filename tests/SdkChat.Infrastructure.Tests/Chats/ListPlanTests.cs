using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Tests.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>
/// Lists are read in their own index, in order, whatever the planner expects of a tenant or profile. It knows the average: a tenant with
/// few chats among two with many has a third, by its estimate, so that to look for them among all looks cheap; and one with many among
/// thousands with a few has a few, so that to sort all of them looks cheap. Plans are generic, as prepared statements' are.
/// </summary>
public sealed class ListPlanTests
{
    /// <summary>What several indexes return is sorted, but only what the pages have.</summary>
    private const string CollectedOrSought = @"Bitmap Heap Scan on sdk_chat\b|Seq Scan on sdk_chat\b|sdk_chat_by_creation";

    private const string NotInOrder = $"Bitmap|Sort|{CollectedOrSought}";

    private TestDatabase _equalShares = null!;
    private TestDatabase _fewEach = null!;
    private Guid _small;

    private static IEnumerable<(string Name, string Sql)> OfTenants =>
    [
        .. from list in ChatHistorySql.Lists
           where list.Key.Scope == ChatListScope.Tenant && list.Key.Kind != ChatListKind.Classes
           select ($"{list.Key.Kind} {list.Key.Position.Name}", list.Value),
        (nameof(ChatHistorySql.FirstOfTenant), ChatHistorySql.FirstOfTenant),
        (nameof(ChatHistorySql.NearOfTenant), ChatHistorySql.NearOfTenant),
        (nameof(ChatHistorySql.FirstOfTenants), ChatHistorySql.FirstOfTenants),
        (nameof(ChatHistorySql.NearOfTenants), ChatHistorySql.NearOfTenants),
    ];

    private static IEnumerable<(string Name, string Sql)> OfProfiles =>
        from list in ChatHistorySql.Lists
        where list.Key.Scope is ChatListScope.TenantProfile or ChatListScope.AnyTenantProfile && list.Key.Kind != ChatListKind.Classes
        select (string.Join(' ', list.Key.Scope, list.Key.Kind, list.Key.Position.Name), list.Value);

    /// <summary>Several indexes at once, or one of the newest chats of each bucket.</summary>
    private static IEnumerable<(string Name, string Sql)> Merged =>
        from statement in ChatHistorySql.Lists.Where(list => list.Key.Kind == ChatListKind.Classes)
            .Select(list => (list.Key.Scope, Name: $"Classes {list.Key.Position.Name}", Sql: list.Value))
            .Concat(Statistics(ChatStatsSql.AnswerTimes, nameof(ChatStatsSql.AnswerTimes)))
            .Concat(Statistics(ChatStatsSql.Errors, nameof(ChatStatsSql.Errors)))
            .Concat(Statistics(ChatStatsSql.Items, nameof(ChatStatsSql.Items)))
            .Concat(Statistics(ChatStatsSql.Questions, nameof(ChatStatsSql.Questions)))
        where statement.Scope != ChatListScope.Everything
        select ($"{statement.Scope} {statement.Name}", statement.Sql);

    private static IEnumerable<TestCaseData> Lists => Cases(OfTenants);

    private static IEnumerable<TestCaseData> AllLists => Cases(OfTenants.Concat(OfProfiles));

    private static IEnumerable<TestCaseData> MergedLists => Cases(Merged);

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _equalShares = await TestDatabase.CreateAsync();
        var rows = new Rows(_equalShares.ConnectionString);
        Guid[] tenants = [await rows.TenantAsync("small"), await rows.TenantAsync("one"), await rows.TenantAsync("other")];
        _small = tenants[0];
        Guid[] profiles = [await rows.ProfileAsync(tenants[0]), await rows.ProfileAsync(tenants[1]), await rows.ProfileAsync(tenants[2])];
        await rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, last_error, created_at, updated_at)
              select gen_random_uuid(), @tenants[whose], @profiles[whose], repeat('Dinner ', 150), status, 'not_started',
                case when status = 'error' then 'No answer.' end, at, at
              from (
                select case when n % 1000 = 0 then 1 else 2 + n % 2 end as whose,
                  case when n % 100 = 0 then 'in_progress' else 'error' end as status, timestamptz '2026-01-01' + n * interval '1 minute' as at
                from generate_series(1, 30000) n
                order by n
              ) made
            """,
            new { tenants, profiles });
        await rows.ExecuteAsync("vacuum analyze sdk_chat, sdk_profile");

        _fewEach = await TestDatabase.CreateAsync();
        rows = new Rows(_fewEach.ConnectionString);
        await rows.ExecuteAsync(
            """
            insert into tenant (tenant_id, code, name) select md5(n::text)::uuid, 'shop-' || n, 'Shop' from generate_series(0, 6000) n;
            insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
              select tenant_id, tenant_id, '{}', now(), now() from tenant;
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, last_error, created_at, updated_at)
              select gen_random_uuid(), whose, whose, repeat('Dinner ', 30), status, 'not_started',
                case when status = 'error' then 'No answer.' end, at, at
              from (
                select md5((case when n % 10 < 3 then 0 else n * 7919 % 6000 end)::text)::uuid as whose,
                  case when n % 100 = 0 then 'in_progress' else 'error' end as status, timestamptz '2026-01-01' + n * interval '1 minute' as at
                from generate_series(1, 30000) n
                order by n
              ) made
            """);
        await rows.ExecuteAsync("vacuum analyze sdk_chat, sdk_profile");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        await _equalShares.DisposeAsync();
        await _fewEach.DisposeAsync();
    }

    [TestCaseSource(nameof(Lists))]
    public async Task List_OfASmallTenant_IsReadInItsOwnIndex(string sql) =>
        (await ExplainAsync(_equalShares, sql)).Should().Contain("sdk_chat_by_tenant on sdk_chat").And.NotMatchRegex(NotInOrder);

    [TestCaseSource(nameof(AllLists))]
    public async Task List_OfALargeTenantOrProfile_IsReadInOrder(string sql) =>
        (await ExplainAsync(_fewEach, sql)).Should().MatchRegex("sdk_chat_by_(tenant|profile) on sdk_chat").And.NotMatchRegex(NotInOrder);

    [TestCaseSource(nameof(MergedLists))]
    public async Task List_OfSeveralIndexes_CollectsNoChats(string sql)
    {
        (await ExplainAsync(_equalShares, sql)).Should().NotMatchRegex(CollectedOrSought);
        (await ExplainAsync(_fewEach, sql)).Should().NotMatchRegex(CollectedOrSought);
    }

    [TestCase("tenant_id")]
    [TestCase("profile_id")]
    public async Task List_OfManyChats_IsCollectedWithoutTheKeysFunction(string column)
    {
        const string BelowCursor = "and (created_at, chat_id) < (@createdAt, @chat)";

        (await ExplainAsync(_fewEach, Simple($"{column} = @tenant {BelowCursor}"))).Should().Contain("Bitmap Heap Scan on sdk_chat ");
        (await ExplainAsync(_fewEach, Simple($"{column} = chat_list_key(@tenant) {BelowCursor}"))).Should().NotMatchRegex(NotInOrder);
    }

    [Test]
    public async Task List_OfFewChats_IsSoughtAmongAllWithoutTheKeysFunction()
    {
        (await ExplainAsync(_equalShares, Simple("tenant_id = @tenant"))).Should().Contain("sdk_chat_by_creation");
        (await ExplainAsync(_equalShares, Simple("tenant_id = chat_list_key(@tenant)"))).Should().Contain("sdk_chat_by_tenant");
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
        await using var connection = new NpgsqlConnection(_equalShares.OwnerConnectionString);
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

    private static IEnumerable<(ChatListScope Scope, string Name, string Sql)> Statistics(
        IReadOnlyDictionary<ChatListScope, string> statements, string name) =>
        statements.Select(statement => (statement.Key, name, statement.Value));

    private static IEnumerable<TestCaseData> Cases(IEnumerable<(string Name, string Sql)> statements) =>
        statements.Select(statement => new TestCaseData(statement.Sql).SetArgDisplayNames(statement.Name));

    private static string Simple(string condition) =>
        $"select prompt from sdk_chat c where {condition} {ChatHistorySql.NewestFirst} limit 100";

    private async Task<string> ExplainAsync(TestDatabase database, string sql, string before = "")
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var undone = await connection.BeginTransactionAsync();
        return await GenericPlan.ExplainAsync(connection, sql, before, "", Value);
    }

    private string Value(string name) => name switch
    {
        "tenant" => $"'{_small}'",
        "chat" or "profile" => $"'{Guid.Empty}'",
        "createdAt" => "'2026-01-15'",
        "from" => "'2026-01-01'",
        "to" => "'2026-02-01'",
        "size" => "20",
        "tenants" => $"array['{_small}']::uuid[]",
        "offsets" => "array[20]::bigint[]",
        "sizes" => "array[20]",
        "classes" => "array[8]",
        "plain" or "inProgress" => "true",
        "starts" or "ends" => "array[]::timestamptz[]",
        _ => "0",
    };
}
