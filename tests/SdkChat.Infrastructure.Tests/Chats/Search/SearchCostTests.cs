using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats.Indexing;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Search;

/// <summary>
/// What a search of a large tenant costs, in rows that the database touches. It happens inside functions, where no plan shows it, so
/// PostgreSQL's own counters are read.
/// </summary>
public sealed class SearchCostTests
{
    private const int Chats = 60_000;

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private Guid _tenant;

    [OneTimeSetUp]
    public async Task OneTimeSetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _source = DataSourceFactory.Create(_database.ConnectionString, TestDatabase.Options);
        var rows = new Rows(_database.ConnectionString);
        _tenant = await rows.TenantAsync("demo");
        var profile = await rows.ProfileAsync(_tenant, """{"name":"Sato"}""");
        await rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
            select gen_random_uuid(), @tenant, @profile, case when n % 3 = 0 then '라면' when n % 20000 = 1 then 'quixotic' else '김치' end || ' 추천 ' || n % 50,
              'in_progress', 'not_started', @noon + n * interval '1 second', now()
            from generate_series(1, @chats) n
            """,
            new { tenant = _tenant, profile, chats = Chats, noon = SearchFixture.Noon });
        await rows.ExecuteAsync("analyze sdk_chat");
        await new SearchIndex(new Database(_source), new SearchIndexShape(2000, 5000)).CompleteAsync(default);
        await rows.ExecuteAsync("vacuum analyze chat_search_entry");
    }

    [OneTimeTearDown]
    public async Task OneTimeTearDown()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("뷁", 0, 10)]
    [TestCase("zebra", 0, 10)]
    [TestCase("quixotic", 2, 10)]
    [TestCase("라면", 1001, 3500)]
    [TestCase("라면 김치", 0, 10)]
    [TestCase("추천", 1001, 10_500)]
    [TestCase("사", 0, 10)]
    public async Task Search_OfALargeTenant_TouchesFewRows(string query, int matches, int maxRows)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var call = new SearchCall(_tenant, null, query) { Wanted = 1001 };
        for (var times = 0; times < 8; times++)
            await SearchFixture.FindAsync(connection, call);
        var before = await TouchedAsync(connection);

        (await SearchFixture.FindAsync(connection, call)).Should().HaveCount(matches);

        var touched = await TouchedAsync(connection);
        (touched.Rows - before.Rows).Should().BeLessThan(maxRows, "of {0:N0} chats, in segments of 5,000", Chats);
        (touched.Scans - before.Scans).Should().Be(0, "no table of chats is read from end to end");
    }

    private static Task<(long Rows, long Scans)> TouchedAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<(long, long)>(
        """
        select sum(idx_tup_fetch + seq_tup_read)::bigint, sum(seq_scan)::bigint
        from pg_stat_xact_user_tables where relname in ('sdk_chat', 'sdk_profile', 'chat_search_entry')
        """);
}
