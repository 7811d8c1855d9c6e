using System.Data;
using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Tests.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

/// <summary>
/// The numbers of every bucket are those of the rows in the same snapshot, whatever is written, counted and deleted meanwhile.
/// </summary>
public sealed class StatsUnderLoadTests
{
    private const int Writers = 8;
    private const int ChatsPerWriter = 120;
    private const int Minutes = 9 * 24 * 60;

    /// <summary>
    /// Zones of half and of quarter hours, and days of changes of clocks: Berlin on March 29, Lord Howe (by half an hour) on April 5.
    /// </summary>
    private static readonly string[] Zones =
        ["UTC", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe"];

    private static readonly DateTimeOffset Start = new(2026, 3, 27, 13, 0, 0, TimeSpan.Zero);

    private CountFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await CountFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    [CancelAfter(Deadlines.ProgramMilliseconds)]
    public async Task Buckets_WhileManyWriteChangeAndDelete_AreExactInTheirSnapshot(CancellationToken cancellationToken)
    {
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), cancellationToken)));
        var counting = Task.Run(() => CountUntilAsync(writing), cancellationToken);
        var reads = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(reader => Task.Run(() => ReadUntilAsync(writing, reader), cancellationToken)));

        await writing;
        (await counting).Should().BeGreaterThan(2);
        reads.Sum().Should().BeGreaterThan(5);
        while (await _fixture.Updater.RunAsync(cancellationToken) == CountUpdateResult.Busy)
        {
        }

        (await PacksAsync()).Should().BePositive();
        (await _fixture.Rows.ScalarAsync<bool>(
            "select slots_seen::text = seen::text and answers_seen::text = seen::text from chat_count_watermark"))
            .Should().BeTrue();
        (await _fixture.Counts.RepairAsync(checkOnly: true, cancellationToken)).Differences.Should().BeEmpty();
    }

    [TestCase("select 1", false)]
    [TestCase("update chat_count_watermark set answers_seen = null", false)]
    [TestCase("update chat_count_watermark set answers_seen = null, answers_due_at = null; update chat_count_slot set answers = 1", true)]
    [TestCase("update chat_count_watermark set slots_seen = null", true)]
    [TestCase("update chat_count_watermark set slots_seen = null; delete from chat_count_slot", true)]
    public async Task Buckets_SlotsThatAreBehind_AreNotRead(string harm, bool isBehind)
    {
        await _fixture.AddAsync(300, from: Start);
        await _fixture.Updater.RunAsync(default);
        await _fixture.Rows.ExecuteAsync(harm);
        var random = new Random(2);
        await using var connection = await _fixture.OpenAsync();

        for (var n = 0; n < 10; n++)
            await ReadAsync(connection, random);

        (await _fixture.Updater.RunAsync(default)).Should().Be(isBehind ? CountUpdateResult.Updated : CountUpdateResult.NothingNew);
        for (var n = 0; n < 10; n++)
            await ReadAsync(connection, random);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
    }

    /// <summary>Makes packs due that were emptied less than ten minutes ago. The watermark is locked as deletions lock it.</summary>
    private const string MakeDue =
        """
        with mark as materialized (select last_xid from chat_count_watermark for update)
        update chat_total_pack set ends_at = '-infinity' from mark where packed is null
        """;

    /// <summary>Two of three updates find packs to be made.</summary>
    private async Task<int> CountUntilAsync(Task done)
    {
        var updates = 0;
        for (var n = 0; !done.IsCompleted; n++)
        {
            if (n % 3 > 0)
                await _fixture.Rows.ExecuteAsync(MakeDue);
            updates += await _fixture.Updater.RunAsync(default) == CountUpdateResult.Updated ? 1 : 0;
        }

        await _fixture.Rows.ExecuteAsync(MakeDue);
        return updates;
    }

    private Task<long> PacksAsync() => _fixture.Rows.ScalarAsync<long>("select count(*) from chat_total_pack where packed is not null");

    private async Task WriteAsync(int writer)
    {
        var random = new Random(writer);
        var changes = CountFixture.Changes.Keys.ToArray();
        await using var connection = await _fixture.OpenAsync();
        for (var n = 0; n < ChatsPerWriter; n++)
        {
            var profile = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
            await using var transaction = await connection.BeginTransactionAsync();
            await CountFixture.AddAsync(connection, profile, Start.AddMilliseconds(random.NextInt64(Minutes * 60_000L)));
            for (var count = random.Next(4); count > 0; count--)
                await CountFixture.ChangeAsync(connection, profile.Profile, changes[random.Next(changes.Length)]);
            if (random.Next(10) == 0)
                await transaction.RollbackAsync();
            else
                await transaction.CommitAsync();
        }
    }

    private async Task<int> ReadUntilAsync(Task done, int reader)
    {
        var random = new Random(1000 + reader);
        await using var connection = await _fixture.OpenAsync();
        var reads = 0;
        while (!done.IsCompleted)
            reads += await ReadAsync(connection, random) ? 1 : 0;
        return reads;
    }

    /// <returns>Whether there were times of answers, from the slots.</returns>
    private async Task<bool> ReadAsync(NpgsqlConnection connection, Random random)
    {
        var (tenant, profile) = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
        var bounds = Bounds(random);
        var list = new ChatListPage(
            random.Next(2) == 0 ? new TenantId(tenant) : null,
            new ChatFilter { Profile = random.Next(3) == 0 ? new ProfileId(profile) : null, From = bounds[0], To = bounds[^1] },
            new PagePosition.Last(), 1);
        var parameters = new StatsParameters(list, bounds);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);

        var parts = await QueryAsync<StatsPart>(ChatStatsSql.Buckets[list.Scope]);

        var truth = await QueryAsync<StatsPart>(
            $"""
            select b.*, b.answers as content
            from (
              select width_bucket(created_at::timestamptz, @bounds) as number, 0 as kind, {NumbersOfChats}
              from sdk_chat
              where {InRange}
              group by 1
            ) b
            """);
        var hasAnswers = parts.TrueForAll(part => part.Content is not null);
        Sums(parts).Should().Equal(Sums(truth), "of {0} from {1:o} to {2:o}", list.Scope, bounds[0], bounds[^1]);
        if (list.Filter.Profile is null)
            await ShouldBeOfEachTenantAsync();
        return hasAnswers && truth.Count > 0;

        List<(ChatCounts Counts, string Answers)> Sums(List<StatsPart> ofBuckets)
        {
            using var sums = BucketSums.Create(ofBuckets, parameters.Quarters, bounds.Count - 1);
            return [.. sums.Buckets.Select(sum => (sum.ToCounts(), hasAnswers ? string.Join(' ', sum.Answers.Chats.ToArray()) : ""))];
        }

        async Task ShouldBeOfEachTenantAsync()
        {
            var whole = new StatsParameters(list, [bounds[0], bounds[^1]]);
            var groups = (await connection.QueryAsync<(Guid, long, long, long, long, long, string?)>(
                $"select tenant_id, {Numbers}, encode(answers, 'hex') from ({ChatStatsSql.Tenants}) b order by 1", whole)).AsList();
            var tenants = await QueryAsync<(Guid, long, long, long, long, long, string?)>(
                $"select tenant_id, {Numbers}, encode(answers, 'hex') from (select tenant_id, {NumbersOfChats} from sdk_chat "
                + $"where {InRange} group by 1) b order by 1");
            groups.Should().Equal(
                groups.Exists(row => row.Item7 is null) ? [.. tenants.Select(row => row with { Item7 = null })] : tenants,
                "of each tenant");
        }

        async Task<List<T>> QueryAsync<T>(string sql) => (await connection.QueryAsync<T>(sql, parameters)).AsList();
    }

    private const string Numbers = "chats, completed, triggered, failed, ended";

    private const string NumbersOfChats =
        """
        count(*) as chats, count(*) filter (where status = 'completed') as completed, count(*) filter (where triggered_xid is not null) as triggered,
          count(*) filter (where status = 'error') as failed, count(*) filter (where status = 'ended') as ended,
          numeric_send(coalesce(sum(chat_answer(created_at, completed_at)) filter (where status = 'completed'), 0)) as answers
        """;

    private const string InRange =
        """
        (@tenant::uuid is null or tenant_id = @tenant) and (@profile::uuid is null or profile_id = @profile) and created_at >= @from and created_at < @to
        """;

    private static IReadOnlyList<DateTimeOffset> Bounds(Random random)
    {
        TimeZoneName.TryParse(Zones[random.Next(Zones.Length)], out var zone).Should().BeTrue();
        var from = Start.AddMinutes(random.Next(-1500, Minutes));
        if (random.Next(2) == 0)
            from = from.AddMilliseconds(random.Next(60_000));
        return TimeBuckets.Cut(from, from.AddMinutes(1 + random.Next(Minutes)), (BucketUnit)random.Next(3), zone!, 400);
    }
}
