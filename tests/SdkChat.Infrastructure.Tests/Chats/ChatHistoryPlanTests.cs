using System.Text.Json;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>Reads the plans of the history's statements on tables that are large enough for the planner to care.</summary>
public sealed class ChatHistoryPlanTests
{
    private TestDatabase _database = null!;
    private Guid _tenant;
    private Guid _profile;
    private Guid _chat;

    private static IEnumerable<TestCaseData> Lists =>
    [
        .. from list in ChatHistorySql.Lists
           select new TestCaseData(list.Value)
               .SetArgDisplayNames(list.Key.Scope.ToString(), list.Key.Kind.ToString(), list.Key.Position.Name),
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
        _tenant = await rows.TenantAsync("demo");
        _profile = await rows.ProfileAsync(_tenant);
        _chat = await rows.ChatAsync(_tenant, _profile);
        await rows.ExecuteAsync(
            """
            insert into tenant (tenant_id, code, name) select gen_random_uuid(), 't' || n, 't' from generate_series(1, 20) n;
            insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
              select gen_random_uuid(), tenant_id, '{}', now(), now() from tenant, generate_series(1, 500);
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
                pipeline_notification_items, last_error, created_at, updated_at, ended_at)
              select gen_random_uuid(), tenant_id, profile_id, 'Dinner ideas?', status, 'not_started', result, result, result,
                case status when 'error' then 'failed' end, now() - n * interval '1 minute', now(), case status when 'ended' then now() end
              from sdk_profile, generate_series(1, case when profile_id = @profile then 2000 else 3 end) n,
                lateral (select (array['completed', 'completed', 'in_progress', 'error', 'ended'])[1 + (n + ascii(profile_id::text)) % 5] as status) s,
                lateral (select case status when 'completed' then '[]'::bytea end as result) r;
            """,
            new { profile = _profile });
        await rows.ExecuteAsync("vacuum analyze sdk_chat, sdk_profile");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown() => await _database.DisposeAsync();

    [TestCaseSource(nameof(Lists))]
    public async Task List_FindsItsRows_InAnIndexAndSortsNothingLarge(string sql)
    {
        var nodes = await ExplainAsync(sql);

        // Rows come out of an index, in order; only the page's own twenty are sorted again at the end.
        nodes.Where(node => node.Type == "Seq Scan" && node.Relation == "sdk_chat").Should().BeEmpty();
        nodes.Where(node => node.Type.Contains("Sort", StringComparison.Ordinal)).Sum(node => node.ActualRows)
            .Should().BeLessThanOrEqualTo(
                sql.Contains("@classes", StringComparison.Ordinal) ? 20 * 5 : 20,
                "a page is sorted at the end, and that of each class at most");
        nodes.Where(node => node.Relation == "sdk_profile")
            .Should().OnlyContain(node => node.Type.StartsWith("Index", StringComparison.Ordinal));
    }

    /// <summary>
    /// A summary was taken out of the document when that was written; a page that opened twenty of them would pay for their size.
    /// </summary>
    [TestCaseSource(nameof(Lists))]
    public async Task List_LargeDocuments_StayClosed(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.OwnerConnectionString);
        await connection.OpenAsync();
        var small = await PagesReadAsync(sql, connection);
        await using var large = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            """
            update sdk_profile set data = jsonb_build_object('name', 'Sato', 'notes', (select string_agg(md5(random()::text), '') from generate_series(1, 4000)))
            where profile_id = @profile
            """,
            new { profile = _profile });

        (await PagesReadAsync(sql, connection))
            .Should().BeLessThan(small + 100, "the document alone is 16 pages, and the list shows it twenty times");
    }

    [TestCase(ChatHistorySql.Detail)]
    [TestCase(ChatHistorySql.CrossTenantDetail)]
    [TestCase(ChatHistorySql.ChangedDetail)]
    [TestCase(ChatHistorySql.ChangedCrossTenantDetail)]
    public async Task Detail_FindsItsRow_ByItsKey(string sql) =>
        (await ExplainAsync(sql)).Where(node => node.Relation is not null)
            .Should().HaveCount(2).And.OnlyContain(node => node.Type == "Index Scan");

    [TestCaseSource(nameof(Lists))]
    public void List_Never_ReadsTheResult(string sql) => sql.Should().NotContain("pipeline_").And.NotContain("*)::").And.NotContain("c.*");

    private async Task<IReadOnlyList<PlanNode>> ExplainAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        using var plan = await ExplainAsync(sql, connection);
        return [.. Nodes(plan.RootElement[0].GetProperty("Plan"))];
    }

    private async Task<long> PagesReadAsync(string sql, NpgsqlConnection connection)
    {
        // The first time it reads what it plans with.
        (await ExplainAsync(sql, connection)).Dispose();
        using var plan = await ExplainAsync(sql, connection);
        var root = plan.RootElement[0].GetProperty("Plan");
        return root.GetProperty("Shared Hit Blocks").GetInt64() + root.GetProperty("Shared Read Blocks").GetInt64();
    }

    private async Task<JsonDocument> ExplainAsync(string sql, NpgsqlConnection connection)
    {
        var json = await connection.QuerySingleAsync<string>(
            "explain (analyze, buffers, format json) " + sql,
            new
            {
                tenant = _tenant,
                profile = _profile,
                chat = _chat,
                createdAt = TimeProvider.System.GetUtcNow().AddHours(-1),
                size = 20,
                offset = 40L,
                tenants = new[] { _tenant },
                offsets = new[] { 40L },
                sizes = new[] { 20 },
                mask = 27,
                plain = true,
                inProgress = true,
                classes = new[] { 8, 16 },
                from = TimeProvider.System.GetUtcNow().AddDays(-30),
                to = TimeProvider.System.GetUtcNow(),
                knownRevision = 1,
                knownUpdatedAt = TimeProvider.System.GetUtcNow(),
            });
        return JsonDocument.Parse(json);
    }

    private static IEnumerable<PlanNode> Nodes(JsonElement node)
    {
        var type = node.GetProperty("Node Type").GetString()!;
        yield return new PlanNode(
            type,
            node.TryGetProperty("Relation Name", out var relation) ? relation.GetString() : null,
            (long)node.GetProperty("Actual Rows").GetDouble());
        if (!node.TryGetProperty("Plans", out var children))
            yield break;
        foreach (var inner in children.EnumerateArray().SelectMany(Nodes))
            yield return inner;
    }

    private sealed record PlanNode(string Type, string? Relation, long ActualRows);
}
