using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tests.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>
/// What a page of a large tenant costs, in rows that the database touches. Most of it happens inside functions, where no plan
/// shows it, so PostgreSQL's own counters are asked.
/// </summary>
public sealed class HistoryCountsCostTests
{
    private const int Chats = 100_000;

    /// <summary>What is not counted yet.</summary>
    private const int Pending = 100;

    /// <summary>
    /// The page, a block's worth of rows for each bound of a time range and for the page, and the tail, with what a plan may read too much.
    /// </summary>
    private const long FewRows = 1500;

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Guid _tenant;
    private Guid _profile;

    private static IEnumerable<TestCaseData> Pages =>
    [
        .. from list in ChatHistorySql.Lists
           from offset in list.Key.Position.Name == "Offset" ? new long[] { 0, Chats / 2, (Chats / 10 * 9) + 7 } : [0]
           from prepared in new[] { false, true }
           select new TestCaseData(list.Value, offset, prepared)
               .SetArgDisplayNames(list.Key.Scope.ToString(), list.Key.Kind.ToString(), list.Key.Position.Name, $"{offset}", $"{prepared}"),
        .. from prepared in new[] { false, true }
           select new TestCaseData(ChatHistorySql.FirstOfTenant, 0L, prepared)
               .SetArgDisplayNames(nameof(ChatHistorySql.FirstOfTenant), $"{prepared}"),
        .. from prepared in new[] { false, true }
           select new TestCaseData(ChatHistorySql.NearOfTenant, (long)TenantPageSql.MaxSkipped, prepared)
               .SetArgDisplayNames(nameof(ChatHistorySql.NearOfTenant), $"{prepared}"),
        .. from prepared in new[] { false, true }
           select new TestCaseData(ChatHistorySql.FirstOfTenants, 0L, prepared)
               .SetArgDisplayNames(nameof(ChatHistorySql.FirstOfTenants), $"{prepared}"),
        .. from prepared in new[] { false, true }
           select new TestCaseData(ChatHistorySql.NearOfTenants, (long)TenantPageSql.MaxSkipped, prepared)
               .SetArgDisplayNames(nameof(ChatHistorySql.NearOfTenants), $"{prepared}"),
    ];

    private static IEnumerable<TestCaseData> Updates =>
    [
        .. from update in new (string Name, string Sql)[]
           {
               ("Pending", CountSql.Pending), ("Open", CountSql.Open), ("Add", CountSql.Add), ("Promote", CountSql.Promote),
               ("Promote slots", SlotSql.Promote),
           }
           from isGeneric in new[] { false, true }
           select new TestCaseData(update.Sql, isGeneric).SetArgDisplayNames(update.Name, $"{isGeneric}"),
    ];

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = DataSourceFactory.Create(_database.ConnectionString, TestDatabase.Options);
        var rows = new Rows(_database.ConnectionString);
        _tenant = await rows.TenantAsync("demo");
        _profile = await rows.ProfileAsync(_tenant);
        await rows.ProfileAsync(_tenant);
        await FillAsync(rows, Chats);
        await rows.ExecuteAsync("analyze sdk_chat, sdk_profile");
        await new HistoryCountMaintenance(new Database(_source), CountShape.Default).ApplyPendingAsync(default);
        await FillAsync(rows, Pending);
        // The planner knows how many blocks and slots there are.
        await rows.ExecuteAsync("analyze chat_count_block, chat_count_slot");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCaseSource(nameof(Pages))]
    public async Task List_AnyPageOfALargeTenant_TouchesFewRows(string sql, long offset, bool prepared)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var page = new
        {
            tenant = _tenant, profile = _profile, size = 20, offset, tenants = new[] { _tenant }, offsets = new[] { offset },
            sizes = new[] { 20 }, createdAt = CountFixture.Noon.AddSeconds(Chats / 2), chat = Guid.Empty, mask = 30, plain = true,
            inProgress = false, classes = new[] { 4, 8, 16 }, from = CountFixture.Noon.AddSeconds(10),
            to = CountFixture.Noon.AddSeconds(Chats * 2),
        };
        for (var times = prepared ? 8 : 0; times > 0; times--)
            await connection.ExecuteAsync(sql, page);
        var before = await TouchedAsync(connection);

        await connection.ExecuteAsync(sql, page);

        var touched = await TouchedAsync(connection);
        (touched.Rows - before.Rows).Should().BeLessThan(FewRows);
        (touched.Scans - before.Scans).Should().Be(0, "nothing reads the table from end to end");
    }

    /// <summary>
    /// An update costs what is pending, and not what was ever counted. The planner expects half a percent of all chats, or a third with a
    /// generic plan, and might join them with all blocks.
    /// </summary>
    [TestCaseSource(nameof(Updates))]
    public async Task Update_BesideManyBlocks_ReadsThoseOfWhatIsPending(string sql, bool isGeneric)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = (await CountTransaction.TryBeginAsync(connection, CountShape.Default, default))!;
        var blocks = await transaction.ScalarAsync<long>("select count(*) from chat_count_block");
        var watermark = await transaction.WatermarkAsync();

        var plan = await GenericPlan.ExplainAsync(
            connection, isGeneric ? sql : Regex.Replace(sql, "@([a-zA-Z]+)", match => Value(match.Groups[1].Value)), "select 1",
            "(analyze, timing off, format json)", Value);

        using var json = JsonDocument.Parse(plan);
        var read = BlocksRead(json.RootElement[0].GetProperty("Plan"));
        // Three lists at each level, and a look-up for each chat that is older than its list's newest block.
        read.Should().BeLessThan((3 * Pending) + 50).And.BeLessThan(blocks / 2);

        string Value(string name) => name switch
        {
            "lastXid" => $"'{watermark.LastXid}'",
            "openXids" => $$"""'{{{string.Join(',', watermark.OpenXids)}}}'""",
            "caps" => $$"""'{{{string.Join(',', CountShape.Default.Caps)}}}'""",
            "largeProfile" => $"{CountShape.Default.LargeProfile}",
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    /// <summary>Their number is unknown to the planner, which might join them with all blocks and slots.</summary>
    [Test]
    public async Task Delete_BesideManyBlocks_ReadsThoseOfWhatIsDeleted()
    {
        await using var connection = await _source.OpenConnectionAsync();
        var all = await connection.ExecuteScalarAsync<long>(
            "select (select count(*) from chat_count_block) + (select count(*) from chat_count_slot)");
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await ReadAsync();

        (await connection.ExecuteAsync(
            "delete from sdk_chat where chat_id in (select chat_id from sdk_chat where tenant_id = @_tenant order by created_at limit 3)",
            new { _tenant })).Should().Be(3);

        // Three lists at three levels of blocks and of slots, each looked up and then changed, and the quarters of a day for each list.
        (await ReadAsync() - before).Should().BeLessThan(400).And.BeLessThan(all / 2);

        Task<long> ReadAsync() => connection.ExecuteScalarAsync<long>(
            """
            select sum(idx_tup_fetch + seq_tup_read)::bigint from pg_stat_xact_user_tables
            where relname in ('chat_count_block', 'chat_count_slot')
            """);
    }

    private static double BlocksRead(JsonElement node)
    {
        var own = node.TryGetProperty("Relation Name", out var relation) && relation.GetString() == "chat_count_block"
            && node.GetProperty("Node Type").GetString() != "ModifyTable"
            ? (Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck")) * Number("Actual Loops")
            : 0;
        return own + (node.TryGetProperty("Plans", out var inner) ? inner.EnumerateArray().Sum(BlocksRead) : 0);

        double Number(string property) => node.TryGetProperty(property, out var value) ? value.GetDouble() : 0;
    }

    private static Task<(long Rows, long Scans)> TouchedAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<(long, long)>(
        """
        select (select sum(idx_tup_fetch + seq_tup_read) from pg_stat_xact_user_tables where relname like 'sdk_%' or relname like 'chat_count_watermark%')::bigint,
          (select seq_scan from pg_stat_xact_user_tables where relname = 'sdk_chat')
        """);

    private Task FillAsync(Rows rows, int chats) => rows.ExecuteAsync(
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items, pipeline_notification_items,
          last_error, created_at, updated_at, ended_at, triggered_xid)
        select gen_random_uuid(), tenant_id, case when n % 3 = 0 then @profile else profile_id end, 'Dinner ideas?', status, 'not_started',
          result, result, result, case status when 'error' then 'failed' end, @noon + n * interval '1 second', now(), case status when 'ended' then now() end,
          case when status = 'completed' and n % 7 = 0 then '3'::xid8 end
        from generate_series(1, @chats) n, (select tenant_id, profile_id from sdk_profile where profile_id <> @profile) other,
          lateral (select case when n % 100 < 60 then 'completed' when n % 100 < 80 then 'in_progress' when n % 100 < 90 then 'error' else 'ended' end as status) s,
          lateral (select case status when 'completed' then '[]'::bytea end as result) r
        """,
        new { profile = _profile, chats, noon = CountFixture.Noon });
}
