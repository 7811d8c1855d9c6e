using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>
/// Whatever the rows and however much of them is counted: each page, by number and by cursor, is the one that sorting them all would give.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HistoryCountsPageTests
{
    private CountFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await CountFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task List_AnyRowsAnyPage_IsWhatSortingThemAllWouldGive(int seed)
    {
        var random = new Random(seed);
        await using var slow = await _fixture.OpenAsync();
        await using var open = await slow.BeginTransactionAsync();
        for (var round = 0; round < 8; round++)
        {
            for (var n = random.Next(40); n > 0; n--)
            {
                await using var connection = await _fixture.OpenAsync();
                await CountFixture.AddAsync(random.Next(5) == 0 && round < 6 ? slow : connection, Profile(random), Instant(random, round));
            }

            await using (var changing = await _fixture.OpenAsync())
            {
                var changes = CountFixture.Changes.Keys.ToArray();
                for (var n = random.Next(40); n > 0; n--)
                    await CountFixture.ChangeAsync(changing, Profile(random).Item2, changes[random.Next(changes.Length)]);
            }

            if (random.Next(3) == 0)
                await _fixture.Rows.ExecuteAsync(
                    "delete from sdk_chat where get_byte(uuid_send(chat_id), 3) = @byte", new { @byte = random.Next(256) });
            if (round != 7)
                (await _fixture.Updater.RunAsync(default)).Should().NotBe(CountUpdateResult.Busy);
            if (round == 5)
                await open.CommitAsync();
        }

        await EveryPageIsRightAsync(size: 1 + random.Next(9));
        for (var n = 0; n < 40; n++)
            await OnEveryPageAsync(
                1 + random.Next(9), random.Next(2) == 0 ? _fixture.Profiles[0].Tenant : null,
                random.Next(3) == 0 ? _fixture.Profiles[0].Profile : null, Criteria.Random(random, CountFixture.Noon, 40), atMost: 12,
                random);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
    }

    [Test]
    public async Task List_FilledAtOnceThenGrowing_IsRightOnEveryPage()
    {
        await _fixture.AddAsync(330);
        await _fixture.AddAsync(50, profile: 3);
        await _fixture.Counts.ApplyPendingAsync(default);
        await _fixture.Rows.ExecuteAsync("update chat_count_watermark set seen = '1:1:', last_xid = '0', open_xids = '{}'");
        await _fixture.Rows.ExecuteAsync("delete from chat_count_block");
        await _fixture.Counts.RepairAsync(checkOnly: false, default);

        await _fixture.AddAsync(70, profile: 1, from: CountFixture.Noon.AddMinutes(2));
        await _fixture.Counts.ApplyPendingAsync(default);
        await _fixture.AddAsync(9, profile: 0, from: CountFixture.Noon.AddYears(-1));

        await EveryPageIsRightAsync(size: 10);
        (await _fixture.Counts.RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
    }

    private (Guid, Guid) Profile(Random random) =>
        _fixture.Profiles[(int)(_fixture.Profiles.Count * random.NextDouble() * random.NextDouble())];

    /// <summary>Many at the same instant, most at the end of what there is, some long before everything.</summary>
    private static DateTimeOffset Instant(Random random, int round) =>
        CountFixture.Noon.AddMilliseconds(random.Next(4) == 0 ? -random.Next(10_000) : (round * 5) + random.Next(8));

    private async Task EveryPageIsRightAsync(int size)
    {
        var (ours, theirs) = (_fixture.Profiles[0], _fixture.Profiles[^1]);
        await OnEveryPageAsync(size, null, null);
        await OnEveryPageAsync(size, ours.Tenant, null);
        await OnEveryPageAsync(size, theirs.Tenant, null);
        await OnEveryPageAsync(size, ours.Tenant, ours.Profile);
        await OnEveryPageAsync(size, null, ours.Profile);
        await OnEveryPageAsync(size, theirs.Tenant, ours.Profile);
        await OnEveryPageAsync(size, theirs.Tenant, theirs.Profile);
    }

    private async Task OnEveryPageAsync(
        int size, Guid? tenant, Guid? profile, ChatFilter? criteria = null, int atMost = int.MaxValue, Random? random = null)
    {
        var filter = (criteria ?? ChatFilter.None) with { Profile = profile is { } p ? new ProfileId(p) : null };
        await using var connection = await _fixture.OpenAsync();
        var truth = await NaiveList.ReadAsync(connection, tenant, profile, criteria);
        var positions = truth.Positions(size).ToList();
        foreach (var position
            in positions.Count <= atMost ? positions : Enumerable.Range(0, atMost).Select(_ => positions[random!.Next(positions.Count)]))
        {
            var list = new ChatListPage(tenant is { } t ? new TenantId(t) : null, filter, position, size);
            await using var rows = await connection.ExecuteReaderAsync(
                ChatHistorySql.List(list.Scope, list.Selection.Kind, position), new ChatListParameters(list));
            var slice = await ChatListReader.ReadAsync(rows, size, CancellationToken.None);

            var (page, skipped) = truth.At(position, size);
            slice.Total.Should().Be(truth.Keys.Count, "all of {0} are counted at {1}", criteria, position);
            slice.Skipped.Should().Be(skipped, "so many of {0} precede {1}", criteria, position);
            slice.Items.Select(item => item.Key).Should().Equal(page, "these are the rows of {0} at {1}", criteria, position);
        }
    }
}
