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
        _source = DataSourceFactory.Create(_database.ConnectionString, TestDatabase.Options);
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
        var updater = new CountUpdater(new Database(_source), CountShape.Default);
        await updater.RunAsync(default);
        await rows.ExecuteAsync("update chat_total_pack set ends_at = '-infinity'");
        while (await updater.RunAsync(default) == CountUpdateResult.Unfinished)
        {
        }
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
    public async Task Buckets_FourHundredOfALargeTenant_ReadFewPacks(int minutes, int offset)
    {
        var read = await ReadAsync(minutes, offset, "select 1");

        read.Chats.Should().BeLessThan(FewChats);
        // PostgreSQL does not count what it reads from an index alone, once autovacuum has been there.
        read.Slots.Should().BeLessThanOrEqualTo(2, "the first and the last day of all");
        read.Totals.Should().Be(0, "all are packed");
        read.Packs.Should().BeLessThanOrEqualTo(
            14 + Math.Max(2 * 14, 2 * 25), "of each 32 days the whole days and a part for each time of the day");
    }

    [TestCase(60, 0)]
    [TestCase(60, 17)]
    [TestCase(24 * 60, 0)]
    [TestCase(24 * 60, 45)]
    public async Task Buckets_WithoutPacks_ReadFewChats(int minutes, int offset)
    {
        var read = await ReadAsync(minutes, offset, "update chat_total_pack set packed = null");

        read.Chats.Should().BeLessThan(FewChats);
        read.Slots.Should().BeLessThanOrEqualTo(403, "days between the bounds, and the first and last of all");
        read.Totals.Should().BeLessThanOrEqualTo(401, "one for each bound");
    }

    private async Task<RowsRead> ReadAsync(int minutes, int offset, string before)
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
        await connection.ExecuteAsync(before);
        var start = await ReadRowsAsync(connection);
        var parameters = new StatsParameters(list, bounds);

        var parts = (await connection.QueryAsync<StatsPart>(ChatStatsSql.Buckets[list.Scope], parameters)).AsList();

        using (var sums = BucketSums.Create(parts, parameters.Quarters, 400))
            sums.Buckets.Should().AllSatisfy(sum => sum.ToCounts().Total.Should().BePositive());
        var end = await ReadRowsAsync(connection);
        return new RowsRead(end.Chats - start.Chats, end.Slots - start.Slots, end.Totals - start.Totals, end.Packs - start.Packs);
    }

    /// <summary>Its days and two totals for each tenant, and none of its chats but those at the ends.</summary>
    [Test]
    public async Task Tenants_OfAMonth_ReadFewChats()
    {
        DateTimeOffset[] bounds = [CountFixture.Noon.AddMinutes(17), CountFixture.Noon.AddDays(30).AddMinutes(4)];
        var list = new ChatListPage(null, ChatFilter.None, new PagePosition.Last(), 1);
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var before = await ReadRowsAsync(connection);

        var groups = (await connection.QueryAsync<(Guid Tenant, string, long Chats)>(
            ChatStatsSql.Tenants, new StatsParameters(list, bounds))).AsList();

        groups.Should().ContainSingle().Which.Chats.Should().Be(30 * 24 * 6 - 1);
        var after = await ReadRowsAsync(connection);
        (after.Chats - before.Chats).Should().BeLessThan(FewChats);
        (after.Slots - before.Slots).Should().Be(30);
        (after.Totals - before.Totals).Should().Be(2);
    }

    [Test]
    public async Task Answer_OfAnyTime_IsWithinASixteenth()
    {
        var random = new Random(3);
        int[] times =
            [.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 200).Select(_ => (int)Math.Exp(random.NextDouble() * Math.Log(4_000_000)))];
        await using var connection = await _source.OpenConnectionAsync();

        var histograms = await connection.QueryAsync<(int Time, byte[] Histogram)>(
            "select t, numeric_send(chat_answer(now(), now() + t * interval '1 ms')) from unnest(@times) t", new { times });

        foreach (var (time, histogram) in histograms)
        {
            var found = new AnswerHistogram().Add(histogram).ToTimes();
            found.P95.Should().Be(found.P50);
            found.P50.Should().BeInRange((long)Math.Floor(time * 15 / 16.0), (long)Math.Ceiling(time * 17 / 16.0), "{0} ms", time);
        }
    }

    /// <summary>A chat that was completed before the time of completion was stored.</summary>
    [Test]
    public async Task Answer_WithoutATime_IsInNoBin()
    {
        await using var connection = await _source.OpenConnectionAsync();

        (await connection.ExecuteScalarAsync<decimal>("select chat_answer(now(), null)")).Should().Be(0);
    }

    /// <summary>A bin's count may take more than one of the number's digits.</summary>
    [Test]
    public async Task Percentiles_OfManyChats_AreThoseOfTheirTimes()
    {
        await using var connection = await _source.OpenConnectionAsync();

        var histogram = await connection.ExecuteScalarAsync<byte[]>(
            "select numeric_send(sum(chat_answer(now(), now() + t * interval '1 ms') * 123456789)) from generate_series(1, 10000) t");

        var found = new AnswerHistogram().Add(histogram).ToTimes();
        found.P50.Should().BeInRange(4_687, 5_313);
        found.P95.Should().BeInRange(8_906, 10_094);
    }

    private sealed record RowsRead(long Chats, long Slots, long Totals, long Packs);

    private static Task<RowsRead> ReadRowsAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<RowsRead>(
        """
        select sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'sdk_chat')::bigint as chats,
          sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'chat_count_slot')::bigint as slots,
          sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'chat_running_total')::bigint as totals,
          sum(idx_tup_fetch + seq_tup_read) filter (where relname = 'chat_total_pack')::bigint as packs
        from pg_stat_xact_user_tables
        """);
}
