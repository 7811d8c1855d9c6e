using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Retention;
using SdkChat.Infrastructure.Tests.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Retention;

public sealed class RetentionTests
{
    /// <summary>Half of what is made ten seconds around it is older.</summary>
    private static readonly DateTimeOffset Limit = CountFixture.Noon;

    private CountFixture _fixture = null!;
    private RetentionPurge _purge = null!;

    [SetUp]
    public async Task SetUp()
    {
        _fixture = await CountFixture.CreateAsync();
        _purge = new RetentionPurge(_fixture.Storage, TimeProvider.System);
    }

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    public async Task Purge_Chats_TakesTheOldAloneAndKeepsEveryCount()
    {
        await _fixture.AddAsync(1200, from: Limit.AddSeconds(-1100));
        await _fixture.AddAsync(300, profile: 4, from: Limit.AddSeconds(-150));
        await _fixture.Counts.ApplyPendingAsync(default);
        // Some of each kind are not counted yet.
        await _fixture.AddAsync(40, from: Limit.AddSeconds(-20));

        var report = await _purge.RunAsync(Limit, default);

        // The one at the limit stays.
        report.Should().Be(new RetentionReport(1099 + 149 + 19, 0, 0));
        (await _fixture.Rows.ScalarAsync<long>("select count(*) from sdk_chat where created_at < @Limit", new { Limit })).Should().Be(0);
        (await CountAsync("sdk_chat")).Should().Be(1540 - report.Chats);
        (await _fixture.Rows.ScalarAsync<long>("select (chat_list_page('a', '00000000-0000-0000-0000-000000000000', 0, 20)).total"))
            .Should().Be(1540 - report.Chats);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).Differences.Should().BeEmpty();
    }

    [Test]
    public async Task Purge_OfMuch_LeavesNoEmptyBlocksBehind()
    {
        await _fixture.AddAsync(1000, from: Limit.AddSeconds(-2000));
        await _fixture.AddAsync(20, from: Limit);
        await _fixture.Counts.ApplyPendingAsync(default);
        (await CountAsync("chat_count_block")).Should().BeGreaterThan(500);

        await _purge.RunAsync(Limit, default);

        (await CountAsync("chat_count_block")).Should().BeLessThan(60);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).Differences.Should().BeEmpty();
        await _fixture.AddAsync(50, from: Limit.AddSeconds(-500));
        await _fixture.Counts.ApplyPendingAsync(default);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).Differences.Should().BeEmpty("late ones are counted too");
    }

    [Test]
    public async Task Purge_Profiles_TakesThoseThatWereDeletedLongAgoAndHaveNothingLeft()
    {
        var (tenant, empty) = _fixture.Profiles[0];
        var (_, busy) = _fixture.Profiles[1];
        var (_, alive) = _fixture.Profiles[2];
        await _fixture.AddAsync(1, profile: 1, from: Limit);
        await _fixture.Rows.ExecuteAsync(
            "update sdk_profile set deleted_at = @at where profile_id = any (@profiles)",
            new { at = Limit.AddDays(-1), profiles = new[] { empty, busy } });
        foreach (var (profile, ended) in new[] { (empty, Limit.AddDays(-2)), (alive, Limit.AddDays(-2)), (alive, Limit.AddDays(1)) })
        {
            await _fixture.Rows.ExecuteAsync(
                """
                with session as (
                  insert into profile_session (session_id, tenant_id, profile_id, started_at, ended_at, stamps)
                  values (gen_random_uuid(), @tenant, @profile, @ended, @ended, 1)
                  returning session_id
                )
                insert into session_stamp (session_id, number, tenant_id, status, stamped_at)
                select session_id, 1, @tenant, 'ENTERED', @ended from session
                """,
                new { tenant, profile, ended });
        }

        (await _purge.RunAsync(Limit, default)).Should().Be(new RetentionReport(0, 2, 1));

        (await _fixture.Rows.ScalarAsync<Guid[]>("select array_agg(profile_id) from sdk_profile")).Should()
            .BeEquivalentTo(_fixture.Profiles.Select(profile => profile.Profile).Where(profile => profile != empty));
        (await CountAsync("profile_session")).Should().Be(1);
        (await CountAsync("session_stamp")).Should().Be(1, "stamps go with their session");
    }

    /// <summary>An update of the counts that begins everything again deletes the same slots, in another order.</summary>
    [Test]
    public async Task Purge_ProfilesWithCounts_HoldsTheCountsFirst()
    {
        await _fixture.Rows.ExecuteAsync(
            """
            update sdk_profile set deleted_at = @at;
            create function must_hold() returns trigger language plpgsql as $$
            begin
              if not exists (select from chat_count_watermark where xmin = pg_current_xact_id()::xid) then
                raise 'the counts are not held';
              end if;
              return null;
            end
            $$;
            create trigger must_hold before delete on sdk_profile for each statement execute function must_hold();
            """,
            new { at = Limit.AddDays(-1) });

        (await _purge.RunAsync(Limit, default)).Profiles.Should().Be(6);
    }

    /// <summary>Statistics and deletions by others wait for a batch: of many tenants and days it takes longer.</summary>
    [Test]
    public async Task Purge_BatchesThatTakeLong_BecomeSmallAndPauseAsLong()
    {
        await _fixture.AddAsync(300, from: Limit.AddSeconds(-1000));
        var clock = new SlowClock();

        (await new RetentionPurge(_fixture.Storage, clock).RunAsync(Limit, default)).Chats.Should().Be(300);

        // 100, 50, 25, and then 20 each.
        clock.Pauses.Should().HaveCount(9).And.AllSatisfy(pause => pause.Should().BeGreaterThanOrEqualTo(SlowClock.Step));
    }

    /// <summary>Each look at it finds that seconds have passed; timers are due at once.</summary>
    private sealed class SlowClock : TimeProvider
    {
        public static readonly TimeSpan Step = TimeSpan.FromSeconds(3);

        private long _timestamp;

        public List<TimeSpan> Pauses { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, Step.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    [Test]
    public async Task Purge_WhileAnotherNodeIsAtIt_LeavesItToThatOne()
    {
        await _fixture.AddAsync(10, from: Limit.AddDays(-1));
        await using var other = await _fixture.OpenAsync();
        await using (var command = new Npgsql.NpgsqlCommand($"select pg_advisory_lock({RetentionPurge.AdvisoryLock})", other))
            await command.ExecuteNonQueryAsync();

        (await _purge.RunAsync(Limit, default)).Chats.Should().Be(0);

        await using (var command = new Npgsql.NpgsqlCommand("select pg_advisory_unlock_all()", other))
            await command.ExecuteNonQueryAsync();
        (await _purge.RunAsync(Limit, default)).Chats.Should().Be(10);
    }

    [Test]
    public async Task Purge_WhileOthersStartChatsAndFold_KeepsEveryCount()
    {
        await _fixture.AddAsync(3000, from: Limit.AddSeconds(-4000));
        var purging = Task.Run(() => _purge.RunAsync(Limit, default));
        for (var n = 0; !purging.IsCompleted; n++)
        {
            await _fixture.AddAsync(7, profile: n % 6, from: Limit.AddSeconds(-3));
            await _fixture.Updater.RunAsync(default);
        }

        (await purging).Chats.Should().BeGreaterThanOrEqualTo(3000);
        await _fixture.Counts.ApplyPendingAsync(default);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).Differences.Should().BeEmpty();
    }

    [TestCase(null, 10)]
    [TestCase(30, 4)]
    public async Task Worker_PurgesOnlyWhereSomebodyHasSaidHowOldIsOld(int? days, int left)
    {
        var clock = new FakeTimeProvider(Limit.AddDays(31));
        var purge = new RetentionPurge(_fixture.Storage, clock);
        await _fixture.AddAsync(6, from: Limit);
        await _fixture.AddAsync(4, from: Limit.AddDays(300));
        using var worker = new RetentionWorker(
            purge, Options.Create(new RetentionOptions { Days = days }), clock, NullLogger<RetentionWorker>.Instance);
        await worker.StartAsync(default);

        if (days is null)
            await worker.ExecuteTask!;
        await Eventually.TrueAsync(async () =>
        {
            // Again and again: nobody can tell when the worker has set its alarm.
            clock.Advance(TimeSpan.FromMinutes(1));
            return await CountAsync("sdk_chat") == left;
        });
        (await CountAsync("sdk_chat")).Should().Be(left);
        await worker.StopAsync(default);
    }

    private Task<long> CountAsync(string table) => _fixture.Rows.ScalarAsync<long>($"select count(*) from {table}");
}
