using Dapper;
using Npgsql;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>The reader against a real server: what it gives, when, and what it costs.</summary>
public sealed class EventReaderTests
{
    private static readonly Guid Tenant = Guid.NewGuid();

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private EventTransaction _writer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        // As the owner: one test gives an event the number of another transaction, which no service may.
        _writer = await EventTransaction.ConnectAsync(_database.OwnerConnectionString);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _writer.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Read_TheFirstTime_TakesThePlaceAndGivesNothing()
    {
        await _writer.StoreAsync(Tenant, Guid.NewGuid());
        var reader = NewReader();

        (await reader.ReadAsync(default)).Events.Should().BeEmpty();
        (await reader.ReadAsync(default)).Events.Should().BeEmpty("what was committed before is history");
    }

    [Test]
    public async Task Read_EventsOfTheWire_ComeAsTheyWereRaised()
    {
        var reader = await StartedAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await _writer.StoreAsync(Tenant, first, "chat_started");
        await _writer.StoreAsync(Tenant, first);
        await _writer.StoreAsync(Tenant, second, "chat_failed");
        await _writer.StoreAsync(Tenant, second, "chat_ended");
        await _writer.StoreAsync(Tenant, first, "backlist_triggered", """[ 1.0E2, "\u0000" ]""");

        var batch = await reader.ReadAsync(default);

        batch.Events.Select(happened => happened.GetType()).Should().Equal(typeof(ChatCompleted), typeof(BacklistTriggered));
        batch.Events.Should().OnlyContain(happened => happened.Tenant.Value == Tenant && happened.Chat.Value == first);
        ((BacklistTriggered)batch.Events.Last()).NotificationItems.ToString().Should().Be("""[ 1.0E2, "\u0000" ]""");
    }

    [Test]
    public async Task Read_TransactionThatCommitsLate_IsNotSkippedAndHoldsNobodyBack()
    {
        var reader = await StartedAsync();
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await using var slow = await EventTransaction.ConnectAsync(_database.ConnectionString);
        await slow.BeginAsync();
        await slow.StoreAsync(Tenant, late);
        await _writer.StoreAsync(Tenant, early);

        (await ChatsAsync(reader)).Should().Equal(early);
        (await ChatsAsync(reader)).Should().BeEmpty();
        await slow.CommitAsync();
        (await ChatsAsync(reader)).Should().Equal(late);
        (await ChatsAsync(reader)).Should().BeEmpty();
    }

    [Test]
    public async Task Read_RolledBack_NeverComes()
    {
        var reader = await StartedAsync();
        await _writer.BeginAsync();
        await _writer.StoreAsync(Tenant, Guid.NewGuid());
        await _writer.RollbackAsync();

        (await ChatsAsync(reader)).Should().BeEmpty();
    }

    [Test]
    public async Task Read_MoreThanAPage_ComesInOrderAndOnce()
    {
        var reader = await StartedAsync(page: 3);
        var chats = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var chat in chats)
            await _writer.StoreAsync(Tenant, chat);

        // A commit between two pages must not disturb them.
        (await PagesAsync(reader, () => _writer.StoreAsync(Tenant, Guid.Empty))).Should().Equal(chats);
        (await PagesAsync(reader, () => Task.CompletedTask)).Should().Equal(Enumerable.Repeat(Guid.Empty, 4));
    }

    /// <summary>
    /// After a crash a server may give a number out again that it had given to a transaction which came to nothing. A server
    /// cannot be crashed to order; a row can be given such a number.
    /// </summary>
    [Test]
    public async Task Read_NumberOfATransactionThatCameToNothing_UsedAgain_IsNotSkipped()
    {
        await _writer.BeginAsync();
        await _writer.RollbackAsync();
        var reader = await StartedAsync();
        await reader.ReadAsync(default);
        var chat = Guid.NewGuid();
        await _writer.StoreAsync(Tenant, chat);
        await _writer.ExecuteAsync("update chat_event set xid = (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 2)::text::xid8");

        (await ChatsAsync(reader)).Should().Equal(chat);
    }

    [Test]
    public async Task Read_AfterAPurgeOfWhatItHasNotRead_SaysThatItsPlaceIsGone()
    {
        var reader = await StartedAsync();
        await _writer.StoreAsync(Tenant, Guid.NewGuid());
        await PurgeAsync();

        (await reader.ReadAsync(default)).PositionExpired.Should().BeTrue();

        var chat = Guid.NewGuid();
        await _writer.StoreAsync(Tenant, chat);
        (await ChatsAsync(reader)).Should().Equal([chat], "it goes on from where it found itself");
    }

    [Test]
    public async Task Read_AfterAPurgeOfWhatItHasRead_GoesOn()
    {
        var reader = await StartedAsync();
        var (open, chat) = (Guid.NewGuid(), Guid.NewGuid());
        await using var slow = await EventTransaction.ConnectAsync(_database.ConnectionString);
        await slow.BeginAsync();
        await slow.StoreAsync(Tenant, open);
        await _writer.StoreAsync(Tenant, Guid.NewGuid());
        var old = await SnapshotAsync();
        await ChatsAsync(reader);
        await PurgeAsync(old);
        await slow.CommitAsync();
        await _writer.StoreAsync(Tenant, chat);

        var batch = await reader.ReadAsync(default);

        batch.PositionExpired.Should().BeFalse();
        batch.Events.Select(happened => happened.Chat.Value).Should().Equal(open, chat);
        (await CountAsync()).Should().Be(2, "the purge took what was visible, not what was open");
    }

    [Test]
    public async Task Read_EventsWithLargeItems_ComeAPageOfBytesAtATimeAndOnce()
    {
        var reader = new EventReader(new Database(_source), pageBytes: 1000);
        await reader.ReadAsync(default);
        var chats = new List<Guid>();
        foreach (var size in new[] { 300, 300, 300, 300, 5000, 10, 990, 10 })
        {
            chats.Add(Guid.NewGuid());
            await _writer.StoreAsync(Tenant, chats[^1], "backlist_triggered", $"[{new string('1', size - 2)}]");
        }

        var pages = new List<Guid[]>();
        FeedBatch batch;
        do
        {
            batch = await reader.ReadAsync(default);
            pages.Add([.. batch.Events.Select(happened => happened.Chat.Value)]);
        }
        while (!batch.IsLast);

        pages.SelectMany(page => page).Should().Equal(chats);
        pages.Select(page => page.Length).Should().Equal([3, 1, 1, 2, 1], "one that is larger than a page comes alone");
    }

    [Test]
    public async Task Read_WhileATransactionStaysOpenForLong_ReadsOnlyWhatIsNew()
    {
        await using var idle = await EventTransaction.ConnectAsync(_database.ConnectionString);
        await idle.BeginAsync();
        await _writer.ExecuteAsync(
            """
            do $$ begin
              for i in 1..200 loop
                insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at)
                select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'chat_completed', now() from generate_series(1, 100);
                commit;
              end loop;
            end $$
            """);
        await _writer.ExecuteAsync("vacuum analyze chat_event");
        var seen = await SnapshotAsync();
        var highest = await ScalarAsync<string>("select max(xid)::text from chat_event");
        await _writer.StoreAsync(Tenant, Guid.NewGuid());

        await using var connection = await _source.OpenConnectionAsync();
        var plan = string.Join('\n', await connection.QueryAsync<string>(
            "explain (analyze, costs off, timing off) " + EventFeedSql.Read,
            new
            {
                seen, lastXid = highest, target = (string?)null, after = 0L, kinds = ChatEventKinds.ToRead(LiveEvents.Default), page = 200,
                pageBytes = 1 << 20,
            }));

        plan.Should().MatchRegex("Index Scan (using|on) chat_event_._xid_idx")
            .And.NotMatchRegex(@"Seq Scan on chat_event_\d[^(]*\(actual rows=[1-9]");
        plan.Should().NotMatchRegex(@"Rows Removed by Filter: \d{3,}");
    }

    [Test]
    public async Task Read_KindThatIsReadFromNowOn_BringsNothingFromBefore()
    {
        var kinds = LiveEvents.Default;
        var reader = new EventReader(new Database(_source), kinds: () => kinds);
        await reader.ReadAsync(default);
        await _writer.StoreAsync(Tenant, Guid.NewGuid(), "chat_started");
        (await ChatsAsync(reader)).Should().BeEmpty();

        kinds = LiveEvents.All;
        (await ChatsAsync(reader)).Should().BeEmpty("it was committed before anybody asked for it");

        var chat = Guid.NewGuid();
        await _writer.StoreAsync(Tenant, chat, "chat_started");
        (await ChatsAsync(reader)).Should().Equal(chat);
    }

    [Test]
    public async Task Read_KindThatIsAskedForDuringTheQuery_IsReadAgainFromTheSamePosition()
    {
        var asked = 0;
        // Each read asks before its query and after it.
        var reader = new EventReader(new Database(_source), kinds: () => ++asked == 1 ? LiveEvents.Default : LiveEvents.All);
        await reader.ReadAsync(default);
        var (started, completed) = (Guid.NewGuid(), Guid.NewGuid());
        await _writer.StoreAsync(Tenant, started, "chat_started");
        await _writer.StoreAsync(Tenant, completed);

        (await ChatsAsync(reader)).Should().Equal(started, completed);
        (await ChatsAsync(reader)).Should().BeEmpty();
    }

    private static async Task<IEnumerable<Guid>> ChatsAsync(EventReader reader)
    {
        var batch = await reader.ReadAsync(default);
        batch.IsLast.Should().BeTrue();
        batch.PositionExpired.Should().BeFalse();
        return batch.Events.Select(happened => happened.Chat.Value);
    }

    private static async Task<List<Guid>> PagesAsync(EventReader reader, Func<Task> between)
    {
        var read = new List<Guid>();
        FeedBatch batch;
        do
        {
            batch = await reader.ReadAsync(default);
            read.AddRange(batch.Events.Select(happened => happened.Chat.Value));
            await between();
        }
        while (!batch.IsLast);

        return read;
    }

    private EventReader NewReader(int page = 200) => new(new Database(_source), page);

    private async Task<EventReader> StartedAsync(int page = 200)
    {
        var reader = NewReader(page);
        await reader.ReadAsync(default);
        return reader;
    }

    private Task<string> SnapshotAsync() => ScalarAsync<string>(EventPurgeSql.Snapshot);

    private Task<long> CountAsync() => ScalarAsync<long>("select count(*) from chat_event");

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }

    private async Task PurgeAsync(string? old = null)
    {
        old ??= await SnapshotAsync();
        await using var connection = await _source.OpenConnectionAsync();
        await connection.ExecuteAsync(EventTransaction.Trim, new { old });
    }
}
