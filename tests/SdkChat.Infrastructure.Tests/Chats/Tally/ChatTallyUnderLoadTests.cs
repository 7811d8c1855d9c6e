using System.Data;
using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Tally;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Tally;

/// <summary>While many write and two folders fold, every answer is the one of its own snapshot.</summary>
public sealed class ChatTallyUnderLoadTests
{
    private const int Writers = 32;
    private const int ChatsPerWriter = 150;
    private const int Size = 7;

    private TallyFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await TallyFixture.CreateAsync();

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [Test]
    [CancelAfter(Deadlines.ProgramMilliseconds)]
    public async Task List_WhileManyInsertCompleteAndEnd_IsExactInItsOwnSnapshot(CancellationToken cancellationToken)
    {
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer), cancellationToken)));
        var folding = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => FoldUntilAsync(writing), cancellationToken)));
        var reads = await Task.WhenAll(Enumerable.Range(0, 4).Select(reader => Task.Run(() => ReadUntilAsync(writing, reader), cancellationToken)));

        await writing;
        var folds = (await folding).Sum();
        reads.Sum().Should().BeGreaterThan(50);
        folds.Should().BeGreaterThan(2);
        while (await _fixture.Fold.RunAsync(cancellationToken) == FoldOutcome.Busy)
        {
        }

        (await _fixture.TailAsync()).Should().Be(0);
        (await _fixture.Tally.RepairAsync(checkOnly: true, cancellationToken)).NothingToDo.Should().BeTrue();
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
                await TallyFixture.AddAsync(connection, profile, TallyFixture.Noon.AddMilliseconds(random.Next(5000)));
                if (random.Next(4) == 0)
                    await connection.ExecuteAsync("select pg_sleep(0.02)");
                if (random.Next(10) == 0)
                    await transaction.RollbackAsync();
                else
                    await transaction.CommitAsync();
            }

            await connection.ExecuteAsync(
                """
                update sdk_chat set status = 'completed', pipeline_todos = '[]', pipeline_recommended_items = '[]', pipeline_notification_items = '[]',
                  revision = revision + 1
                where chat_id = (select chat_id from sdk_chat where profile_id = @Profile and status = 'in_progress' limit 1 for update skip locked);
                update sdk_chat set ended_at = now(), revision = revision + 1
                where chat_id = (select chat_id from sdk_chat where profile_id = @Profile and status = 'completed' and ended_at is null limit 1 for update skip locked);
                """,
                new { profile.Profile });
        }
    }

    private async Task<int> FoldUntilAsync(Task done)
    {
        var folds = 0;
        while (!done.IsCompleted)
        {
            if (await _fixture.Fold.RunAsync(default) == FoldOutcome.Folded)
                folds++;
        }

        return folds;
    }

    private async Task<int> ReadUntilAsync(Task done, int reader)
    {
        var random = new Random(1000 + reader);
        await using var connection = await _fixture.OpenAsync();
        var reads = 0;
        for (; !done.IsCompleted; reads++)
        {
            // One snapshot for the page and for the truth.
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            var (tenant, profile) = _fixture.Profiles[random.Next(_fixture.Profiles.Count)];
            var scope = (ChatListScope)random.Next(4);
            var truth = await NaiveList.ReadAsync(
                connection,
                scope is ChatListScope.Tenant or ChatListScope.TenantProfile ? tenant : null,
                scope is ChatListScope.TenantProfile or ChatListScope.AnyTenantProfile ? profile : null);
            var positions = truth.Positions(Size).ToList();
            foreach (var position in Enumerable.Range(0, 5).Select(_ => positions[random.Next(positions.Count)]))
                await IsExactAsync(connection, scope, tenant, profile, position, truth);
        }

        return reads;
    }

    private static async Task IsExactAsync(
        IDbConnection connection, ChatListScope scope, Guid tenant, Guid profile, PagePosition position, NaiveList truth)
    {
        var list = new ChatListPage(
            scope is ChatListScope.Tenant or ChatListScope.TenantProfile ? new TenantId(tenant) : null,
            scope is ChatListScope.TenantProfile or ChatListScope.AnyTenantProfile ? new ChatFilter { Profile = new ProfileId(profile) } : ChatFilter.None,
            position,
            Size);
        var rows = (await connection.QueryAsync<ChatListRow>(ChatHistorySql.List(scope, position), new ChatListParameters(list))).AsList();

        var (page, skipped) = truth.At(position, Size);
        rows[0].Total.Should().Be(truth.Keys.Count);
        rows[0].Skipped.Should().Be(skipped);
        ChatListRow.ToItems(rows).Select(item => item.Key).Should().Equal(page);
    }
}
