using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

public sealed class HistoryCountsTests
{
    private CountFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await CountFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    public async Task Update_NothingNew_SaysSo()
    {
        await _fixture.AddAsync(100);

        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.Updated);
        (await _fixture.TailAsync()).Should().Be(0);
        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.NothingNew);
    }

    [Test]
    public async Task Update_AnotherAtIt_LeavesItToThem()
    {
        await _fixture.AddAsync(100);
        await using var other = await _fixture.OpenAsync();
        await other.ExecuteAsync("select pg_advisory_lock(@key)", new { key = CountTransaction.AdvisoryLock });

        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.Busy);
        (await TotalAsync()).Should().Be(100);
    }

    [Test]
    public async Task Update_OvertakenSinceItsSnapshot_CountsNothingTwice()
    {
        await _fixture.AddAsync(100);
        await using var late = await _fixture.OpenAsync();
        await using var transaction = await late.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await late.ExecuteAsync("select from sdk_chat");
        await _fixture.Updater.RunAsync(default);

        var placing = () => late.QueryAsync(CountSql.Watermark);

        (await placing.Should().ThrowAsync<Npgsql.PostgresException>())
            .Which.SqlState.Should().Be(Npgsql.PostgresErrorCodes.SerializationFailure);
    }

    [Test]
    public async Task Update_BreaksOffHalfWay_LeavesEverythingAsItWas()
    {
        await _fixture.AddAsync(100);
        await _fixture.Updater.RunAsync(default);
        await _fixture.AddAsync(100);
        await using (var connection = await _fixture.OpenAsync())
        {
            await using var transaction = await CountTransaction.TryBeginAsync(connection, CountShape.Default, default);
            await transaction!.CatchUpAsync(await transaction.WatermarkAsync());
        }

        (await TotalAsync()).Should().Be(200);
        (await _fixture.TailAsync()).Should().Be(100);
        await _fixture.Updater.RunAsync(default);
        (await TotalAsync()).Should().Be(200);
        await NothingIsWrongAsync();
    }

    [Test]
    public async Task Update_TransactionStaysOpen_ItsRowsAreTheWholeTail()
    {
        await using var slow = await _fixture.OpenAsync();
        await using var open = await slow.BeginTransactionAsync();
        await CountFixture.AddAsync(slow, _fixture.Profiles[0], CountFixture.Noon);
        for (var n = 0; n < 3; n++)
        {
            await _fixture.AddAsync(50);
            await _fixture.Updater.RunAsync(default);
        }

        (await _fixture.TailAsync()).Should().Be(0);
        (await TotalAsync()).Should().Be(150);

        await open.CommitAsync();
        (await _fixture.TailAsync()).Should().Be(1);
        (await TotalAsync()).Should().Be(151);

        await _fixture.Updater.RunAsync(default);
        (await _fixture.TailAsync()).Should().Be(0);
        (await TotalAsync()).Should().Be(151);
        await NothingIsWrongAsync();
    }

    [Test]
    public async Task Update_NumbersOfTransactionsGivenOutAgain_AreNotTakenForCounted()
    {
        await _fixture.AddAsync(20);
        await _fixture.Updater.RunAsync(default);
        // As after a crash: the snapshot says that all below its xmax was seen, but those numbers had come to nothing.
        await _fixture.Rows.ExecuteAsync(
            "update chat_count_watermark set seen = (pg_snapshot_xmax(seen)::text || ':' || (pg_snapshot_xmax(seen)::text::bigint + "
            + "3)::text || ':')::pg_snapshot");

        await _fixture.AddAsync(1);

        (await TotalAsync()).Should().Be(21);
        await _fixture.Updater.RunAsync(default);
        await NothingIsWrongAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Delete_ByHand_IsNoLongerCounted(bool counted)
    {
        await _fixture.AddAsync(100);
        if (counted)
            await _fixture.Updater.RunAsync(default);

        await _fixture.Rows.ExecuteAsync("delete from sdk_chat where created_at <= @at", new { at = CountFixture.Noon.AddSeconds(30) });

        (await TotalAsync()).Should().Be(70);
        await _fixture.Updater.RunAsync(default);
        (await TotalAsync()).Should().Be(70);
        await NothingIsWrongAsync();
    }

    [TestCase("update chat_count_block set chats = chats + 1 where level = 1 and lower_at = '-infinity' and kind = 't'")]
    [TestCase("update chat_count_block set chats = chats - 1 where level = 3 and kind = 'a'")]
    [TestCase("delete from chat_count_block where kind = 'p' and level = 2")]
    [TestCase("delete from chat_count_block where kind = 't'")]
    [TestCase("update chat_count_block set lower_at = lower_at + interval '1 millisecond' where level = 2 and lower_at > '-infinity'")]
    [TestCase("update chat_count_slot set completed = completed + 1 where kind = 't' and level = 1")]
    [TestCase("delete from chat_count_slot where kind = 'p' and level = 2")]
    [TestCase("update chat_count_slot set slot_at = slot_at - interval '1 day' where kind = 'a' and level = 3")]
    [TestCase("update chat_running_total set failed = failed + 1 where kind = 't'")]
    [TestCase("update chat_running_total set slot_at = slot_at - interval '40 days' where kind = 'a'")]
    [TestCase("update chat_total_pack set packed = set_byte(packed, 100, 7)")]
    [TestCase("update chat_total_pack set ends[2] = 1 where kind = 't'")]
    [TestCase("delete from chat_total_pack where kind = 'p'")]
    public async Task Repair_BrokenCount_IsToldAndMended(string harm)
    {
        await _fixture.AddAsync(300);
        await _fixture.Updater.RunAsync(default);
        await NothingIsWrongAsync();
        await _fixture.Rows.ExecuteAsync(harm);

        var check = await _fixture.Counts.RepairAsync(checkOnly: true, default);
        var repair = await _fixture.Counts.RepairAsync(checkOnly: false, default);

        check.Differences.Should().NotBeEmpty();
        repair.Differences.Should().Equal(check.Differences);
        await NothingIsWrongAsync();
        (await TotalAsync()).Should().Be(300);
    }

    /// <summary>The running totals of 32 days are packed when these have ended; of all tenants, the tenant and the profile.</summary>
    [Test]
    public async Task Packs_OfDaysThatLoseAChat_AreMadeAgainTenMinutesLater()
    {
        await _fixture.AddAsync(300);
        await _fixture.Updater.RunAsync(default);
        (await PacksAsync()).Should().Be(3);

        await _fixture.Rows.ExecuteAsync("delete from sdk_chat where chat_id = (select chat_id from sdk_chat limit 1)");

        (await PacksAsync()).Should().Be(0);
        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.NothingNew);
        await MakeDueAsync();
        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.Updated);
        (await PacksAsync()).Should().Be(3);
        await NothingIsWrongAsync();

        await _fixture.Rows.ExecuteAsync("delete from sdk_chat");
        await MakeDueAsync();
        await _fixture.Updater.RunAsync(default);
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from chat_total_pack")).Should().Be(0, "there are no totals");

        Task MakeDueAsync() => _fixture.Rows.ExecuteAsync("update chat_total_pack set ends_at = ends_at - interval '11 minutes'");
    }

    [Test]
    public async Task Packs_OfDaysThatHaveNotEnded_AreNotMade()
    {
        await _fixture.AddAsync(30, from: DateTimeOffset.UtcNow);

        await _fixture.Updater.RunAsync(default);

        (await PacksAsync()).Should().Be(0);
        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.NothingNew);
    }

    private Task<long> PacksAsync() => _fixture.Rows.ScalarAsync<long>("select count(*) from chat_total_pack where packed is not null");

    [TestCase(false)]
    [TestCase(true)]
    public async Task Restore_OnAnotherServer_IsNoticedAndCountedAnew(bool byVerb)
    {
        await _fixture.AddAsync(100);
        await _fixture.Updater.RunAsync(default);
        await _fixture.Rows.ExecuteAsync(
            """
            update chat_count_watermark set seen = '900000000:900000000:', last_xid = '900000000';
            update sdk_chat set xid = '900000000';
            """);
        await _fixture.AddAsync(10);

        (await TotalAsync()).Should().Be(110);
        if (byVerb)
            (await _fixture.Counts.RepairAsync(checkOnly: false, default)).IsForeign.Should().BeTrue();
        else
            (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.Updated);
        await _fixture.AddAsync(10);

        (await TotalAsync()).Should().Be(120);
        (await _fixture.TailAsync()).Should().Be(10);
        await NothingIsWrongAsync();
    }

    /// <summary>A server that is only a little behind the one that was dumped passes its numbers before the first update.</summary>
    [Test]
    public async Task Restore_OnAServerThatPassesTheNumbersSoon_IsNoticedAllTheSame()
    {
        await _fixture.AddAsync(100);
        await _fixture.Updater.RunAsync(default);
        await _fixture.Rows.ExecuteAsync(
            "update chat_count_watermark set last_xid = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 10)::text::xid8, "
            + "written_by = '5'");
        await _fixture.AddAsync(7);
        for (var n = 0; n < 20; n++)
            await _fixture.Rows.ExecuteAsync("select pg_current_xact_id()");

        (await TotalAsync()).Should().Be(107, "seven have numbers that were counted, of other chats");
        await _fixture.Rows.ExecuteAsync("delete from sdk_chat where created_at = @at", new { at = CountFixture.Noon.AddSeconds(1) });
        (await TotalAsync()).Should().Be(105, "of each lot one, and the row is still another server's");
        (await _fixture.Updater.RunAsync(default)).Should().Be(CountUpdateResult.Updated);

        (await TotalAsync()).Should().Be(105);
        (await _fixture.TailAsync()).Should().Be(0);
        await NothingIsWrongAsync();
    }

    [Test]
    public async Task Update_MuchAtOnce_CountsItLikeLittle()
    {
        await _fixture.AddAsync(30, profile: 4);
        await _fixture.Updater.RunAsync(default);
        await _fixture.AddAsync(21_000);

        (await TotalAsync()).Should().Be(21_000);
        var before = await MiddleAsync();
        await _fixture.Updater.RunAsync(default);

        (await TotalAsync()).Should().Be(21_000);
        (await MiddleAsync()).Should().Equal(before);
        await NothingIsWrongAsync();
    }

    private async Task<IEnumerable<ChatId>> MiddleAsync()
    {
        var slice = await _fixture.History.ListAsync(
            new TenantId(_fixture.Profiles[0].Tenant), ChatFilter.None, new PagePosition.Offset(10_000), 20, default);
        slice.Items[0].CreatedAt.Should().Be(CountFixture.Noon.AddSeconds(11_000));
        var next = await _fixture.History.ListAsync(
            new TenantId(_fixture.Profiles[0].Tenant), ChatFilter.None, new PagePosition.After(slice.Items[^1].Key), 20, default);
        next.Skipped.Should().Be(10_020);
        return slice.Items.Select(item => item.Chat);
    }

    private async Task<long> TotalAsync() =>
        (await _fixture.History.ListAsync(
            new TenantId(_fixture.Profiles[0].Tenant), ChatFilter.None, new PagePosition.Offset(0), 1, default)).Total;

    private async Task NothingIsWrongAsync() =>
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
}
