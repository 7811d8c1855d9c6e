using System.Data;
using Dapper;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>While many write and two workers count, every page, total and count is that of its own snapshot, under any filter.</summary>
public sealed class HistoryCountsUnderLoadTests
{
    private const int Writers = 32;
    private const int ChatsPerWriter = 50;
    private const int Size = 7;

    private CountFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await CountFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    [CancelAfter(Deadlines.ProgramMilliseconds)]
    public async Task List_WhileManyWriteCompleteFailEndTriggerAndDelete_IsExactInItsOwnSnapshot(CancellationToken cancellationToken)
    {
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), cancellationToken)));
        var updating = Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => _fixture.UpdateUntilAsync(writing), cancellationToken)));
        var reads = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(reader => Task.Run(() => ReadUntilAsync(writing, reader), cancellationToken)));

        await writing;
        var updates = (await updating).Sum();
        reads.Sum().Should().BeGreaterThan(50);
        updates.Should().BeGreaterThan(2);
        while (await _fixture.Updater.RunAsync(cancellationToken) == CountUpdateResult.Busy)
        {
        }

        (await _fixture.TailAsync()).Should().Be(0);
        (await _fixture.Counts.RepairAsync(checkOnly: true, cancellationToken)).NothingToDo.Should().BeTrue();
    }

    /// <summary>Inserts, some in a transaction that takes its time or comes to nothing; then the row's transitions.</summary>
    private async Task WriteAsync(int writer)
    {
        var random = new Random(writer);
        await using var connection = await _fixture.OpenAsync();
        for (var n = 0; n < ChatsPerWriter; n++)
        {
            var profile = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
            await using (var transaction = await connection.BeginTransactionAsync())
            {
                await CountFixture.AddAsync(connection, profile, CountFixture.Noon.AddMilliseconds(random.Next(5000)));
                if (random.Next(4) == 0)
                    await connection.ExecuteAsync("select pg_sleep(0.02)");
                if (random.Next(10) == 0)
                    await transaction.RollbackAsync();
                else
                    await transaction.CommitAsync();
            }

            for (var changes = random.Next(4); changes > 0; changes--)
                await ChangeAsync(connection, profile.Profile, random);
        }
    }

    /// <summary>Any transition or deletion; some come to nothing, some take their time.</summary>
    private static async Task ChangeAsync(NpgsqlConnection connection, Guid profile, Random random)
    {
        var changes = CountFixture.Changes.Keys.ToArray();
        await using var transaction = await connection.BeginTransactionAsync();
        await CountFixture.ChangeAsync(connection, profile, changes[random.Next(changes.Length)]);
        if (random.Next(10) == 0)
            await connection.ExecuteAsync("select pg_sleep(0.01)");
        if (random.Next(20) == 0)
            await transaction.RollbackAsync();
        else
            await transaction.CommitAsync();
    }

    private async Task<int> ReadUntilAsync(Task done, int reader)
    {
        var random = new Random(1000 + reader);
        await using var connection = await _fixture.OpenAsync();
        var reads = 0;
        for (; !done.IsCompleted || reads < 20; reads++)
        {
            // One snapshot for the page and for the truth.
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            var (tenant, profile) = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
            var scope = (ChatListScope)random.Next(4);
            var criteria = random.Next(4) == 0 ? ChatFilter.None : Criteria.Random(random, CountFixture.Noon, 5000);
            var ofTenant = scope is ChatListScope.Tenant or ChatListScope.TenantProfile ? tenant : (Guid?)null;
            var ofProfile = scope is ChatListScope.TenantProfile or ChatListScope.AnyTenantProfile ? profile : (Guid?)null;
            var truth = await NaiveList.ReadAsync(connection, ofTenant, ofProfile, criteria);
            var positions = truth.Positions(Size).ToList();
            foreach (var position in Enumerable.Range(0, 5).Select(_ => positions[random.Next(positions.Count)]))
                await IsExactAsync(connection, ofTenant, ofProfile, criteria, position, truth);
            await CountsAreExactAsync(connection, scope, tenant, profile, criteria);
        }

        return reads;
    }

    private static async Task IsExactAsync(
        NpgsqlConnection connection, Guid? tenant, Guid? profile, ChatFilter criteria, PagePosition position, NaiveList truth)
    {
        var list = new ChatListPage(
            tenant is { } t ? new TenantId(t) : null, criteria with { Profile = profile is { } p ? new ProfileId(p) : null }, position,
            Size);
        var sql = ChatHistorySql.List(list.Scope, list.Selection.Kind, position);
        await using var rows = await connection.ExecuteReaderAsync(sql, new ChatListParameters(list));
        var slice = await ChatListReader.ReadAsync(rows, Size, CancellationToken.None);

        var (page, skipped) = truth.At(position, Size);
        slice.Total.Should().Be(truth.Keys.Count, "of {0} at {1}", criteria, position);
        slice.Skipped.Should().Be(skipped, "of {0} at {1}", criteria, position);
        slice.Items.Select(item => item.Key).Should().Equal(page, "of {0} at {1}", criteria, position);
    }

    private static async Task CountsAreExactAsync(
        NpgsqlConnection connection, ChatListScope scope, Guid tenant, Guid profile, ChatFilter criteria)
    {
        var counts = await connection.QuerySingleAsync<(long, long, long, long, long)>(
            ChatHistorySql.Counts[scope], new { tenant, profile, from = criteria.From, to = criteria.To });
        var truth = await connection.QuerySingleAsync<(long, long, long, long, long)>(
            """
            select count(*), count(*) filter (where status = 'completed'), count(*) filter (where triggered_xid is not null),
              count(*) filter (where status = 'error'), count(*) filter (where status = 'ended')
            from sdk_chat
            where (@ofTenant::uuid is null or tenant_id = @ofTenant) and (@ofProfile::uuid is null or profile_id = @ofProfile)
              and (@from::timestamptz is null or created_at >= @from) and (@to::timestamptz is null or created_at < @to)
            """,
            new
            {
                ofTenant = scope is ChatListScope.Tenant or ChatListScope.TenantProfile ? tenant : (Guid?)null,
                ofProfile = scope is ChatListScope.TenantProfile or ChatListScope.AnyTenantProfile ? profile : (Guid?)null,
                from = criteria.From,
                to = criteria.To,
            });
        if (criteria is { From: { } from, To: { } to } && from > to)
            return;
        counts.Should().Be(truth, "of {0}", criteria);
    }
}
