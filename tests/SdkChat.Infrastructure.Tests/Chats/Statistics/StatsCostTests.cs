using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tests.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

/// <summary>What 400 buckets of a large tenant cost, in rows that the database reads.</summary>
public sealed class StatsCostTests
{
    private const int Chats = 60_000;

    /// <summary>A block for each end of the range.</summary>
    private const long FewChats = 1_500;

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Guid _tenant;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = DataSourceFactory.Create(_database.ConnectionString, new DatabaseOptions());
        var rows = new Rows(_database.ConnectionString);
        _tenant = await rows.TenantAsync("demo");
        await rows.ProfileAsync(_tenant);
        await rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
            select gen_random_uuid(), tenant_id, profile_id, 'Dinner ideas?', 'in_progress', 'not_started', @noon + n * interval '10 minutes', now()
            from generate_series(1, @chats) n, sdk_profile
            """,
            new { chats = Chats, noon = CountFixture.Noon });
        await rows.ExecuteAsync("analyze sdk_chat, sdk_profile");
        await new HistoryCountMaintenance(new Database(_source), CountShape.Default).ApplyPendingAsync(default);
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase(60, 0)]
    [TestCase(60, 17)]
    [TestCase(24 * 60, 0)]
    [TestCase(24 * 60, 45)]
    public async Task Buckets_FourHundredOfALargeTenant_ReadFewChats(int minutes, int offset)
    {
        var from = CountFixture.Noon.AddMinutes(offset % 15);
        DateTimeOffset[] bounds =
        [
            from, .. Enumerable.Range(1, 399).Select(n => CountFixture.Noon.AddMinutes((offset / 15 * 15) + ((long)n * minutes))),
            CountFixture.Noon.AddMinutes((400L * minutes) + offset),
        ];
        var list = new ChatListPage(new TenantId(_tenant), ChatFilter.None, new PagePosition.Last(), 1);
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await ReadRowsAsync(connection);

        (await connection.QueryAsync(ChatStatsSql.Buckets[list.Scope], new StatsParameters(list, bounds))).Should().HaveCount(400);

        var after = await ReadRowsAsync(connection);
        (after.Chats - before.Chats).Should().BeLessThan(FewChats);
        (after.Slots - before.Slots).Should().BeInRange(400, 400 * 30);
    }

    private static Task<(long Chats, long Slots)> ReadRowsAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<(long, long)>(
        """
        select sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'sdk_chat')::bigint, sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'chat_count_slot')::bigint
        from pg_stat_xact_user_tables
        """);
}
