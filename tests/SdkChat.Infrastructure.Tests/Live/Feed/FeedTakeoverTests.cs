using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>
/// What a reader does about rows of another server, made here by hand; real copies are in <see cref="Copies.RestoredDatabaseTests"/>.
/// </summary>
public sealed class FeedTakeoverTests
{
    /// <summary>As a restore leaves the row: written by a transaction that is not the one that it names.</summary>
    private const string Restore = "update chat_event_horizon set written_by = '5'";

    private const string PutAhead = "update chat_event set xid = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 20)::text::xid8";

    private static readonly Guid Tenant = Guid.NewGuid();

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private EventTransaction _writer = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
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
    public async Task Schema_JustMigrated_IsNoOtherServers()
    {
        (await TakeOverAsync(checkOnly: true)).Should().Be(new FeedTakeoverReport());

        foreach (var update
            in new[] { "update chat_event_horizon set purged = purged", "update chat_count_watermark set last_xid = last_xid" })
            await _writer.ExecuteAsync(update);

        (await TakeOverAsync(checkOnly: true)).IsForeign.Should().BeFalse("whichever version updates the row, it stays this server's");
        (await ScalarAsync<bool>("select xmin = written_by::xid from chat_count_watermark")).Should().BeTrue();
    }

    /// <summary>The issue's own case: the horizon lies ahead of the server.</summary>
    [Test]
    public async Task Read_HorizonAheadOfTheServer_BeginsAgainAndGoesOn()
    {
        var reader = await StartedAsync();
        await _writer.ExecuteAsync("update chat_event_horizon set purged = '4000000000:4000000000:'");

        var batch = await reader.ReadAsync(default);
        (batch.PositionExpired, batch.IsAnotherDatabase).Should().Be((true, true));

        await GoesOnAsync(reader);
    }

    [Test]
    public async Task Start_EventsAheadOfTheServer_AreRemovedAndNeverCome()
    {
        var old = Guid.NewGuid();
        await _writer.StoreAsync(Tenant, old);
        await _writer.ExecuteAsync(PutAhead);
        await _writer.ExecuteAsync(Restore);

        var reader = new EventReader(new Database(_source));
        var batch = await reader.ReadAsync(default);

        batch.Takeover.Should().Be(new FeedTakeoverReport { IsForeign = true, Events = 1 });
        (await ScalarAsync<long>("select count(*) from chat_event")).Should().Be(0);
        // The server comes to the number, and passes it.
        for (var i = 0; i < 40; i++)
            await _writer.ExecuteAsync("select pg_current_xact_id()");
        await GoesOnAsync(reader);
    }

    /// <summary>
    /// A server that is only a little behind passes the former one's numbers within moments: its next events must not be taken for known
    /// ones.
    /// </summary>
    [Test]
    public async Task Read_ARestoredServerThatHasPassedTheReadersPlace_BeginsAgain()
    {
        var reader = await StartedAsync();
        await _writer.ExecuteAsync(Restore);
        await _writer.StoreAsync(Tenant, Guid.NewGuid());

        var batch = await reader.ReadAsync(default);

        (batch.PositionExpired, batch.IsAnotherDatabase).Should().Be((true, true));
        batch.Events.Should().BeEmpty("the streams that it was for end, and read history");
        await GoesOnAsync(reader);
    }

    /// <summary>As a parallel restore does: the horizon is there first, and events come later.</summary>
    [Test]
    public async Task Read_EventsOfTheFormerServerThatArriveLate_AreRemovedAndNeverCome()
    {
        await _writer.ExecuteAsync(Restore);
        var reader = await StartedAsync();
        await _writer.StoreAsync(Tenant, Guid.NewGuid());
        await _writer.ExecuteAsync(PutAhead);

        var batch = await reader.ReadAsync(default);

        batch.IsAnotherDatabase.Should().BeTrue();
        batch.Events.Should().BeEmpty();
        await GoesOnAsync(reader);
    }

    [Test]
    public async Task Read_TakenOverByAnotherNode_BeginsAgainWithoutTakingOver()
    {
        var (first, second) = (await StartedAsync(), await StartedAsync());
        await _writer.ExecuteAsync(Restore);

        (await first.ReadAsync(default)).Takeover.Should().NotBeNull();
        var batch = await second.ReadAsync(default);

        (batch.IsAnotherDatabase, batch.Takeover).Should().Be((true, null));
        await GoesOnAsync(second);
        (await first.ReadAsync(default)).PositionExpired.Should().BeFalse("its streams end once");
    }

    [Test]
    public async Task TakeOver_ByManyNodesAtOnce_HappensOnceAndRemovesNothingThatThisServerStored()
    {
        await _writer.StoreAsync(Tenant, Guid.NewGuid());
        await _writer.ExecuteAsync(PutAhead);
        await _writer.ExecuteAsync(Restore);
        await using var open = await EventTransaction.ConnectAsync(_database.ConnectionString);
        await open.BeginAsync();
        var (early, late) = (Guid.NewGuid(), Guid.NewGuid());
        await open.StoreAsync(Tenant, late);
        await _writer.StoreAsync(Tenant, early);

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeOverAsync(checkOnly: false)));
        await open.CommitAsync();

        reports.Should().ContainSingle(report => report.IsForeign).Which.Events.Should().Be(1);
        (await ScalarAsync<Guid[]>("select array_agg(chat_id) from chat_event")).Should().BeEquivalentTo([early, late]);
    }

    [Test]
    public async Task Purge_WithSnapshotsOfTheFormerServer_MovesNoHorizonAndEmptiesNothing()
    {
        var epoch = await ScalarAsync<Guid>("select epoch from chat_event_horizon");
        var slot = await ScalarAsync<int>("select (extract(epoch from clock_timestamp())::bigint / 300 + 3) % 6");
        await _writer.ExecuteAsync(
            "insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at, slot) select gen_random_uuid(), gen_random_uuid(), "
            + $"gen_random_uuid(), 'chat_completed', now(), {slot}");
        var ahead = new { old = "4000000000:4000000000:", epoch };
        (await PurgesAsync(slot, ahead)).Should().Be((1, true), "of the same server it would");

        await _writer.ExecuteAsync($"{Restore}, purged = '1:1:'");
        (await PurgesAsync(slot, ahead)).Should().Be((0, false), "no node has taken it over");

        await TakeOverAsync(checkOnly: false);
        (await PurgesAsync(slot, ahead)).Should().Be((0, false), "the epoch is another");
    }

    private async Task<(int Moved, bool IsOld)> PurgesAsync(int slot, object parameters)
    {
        await using var connection = await _source.OpenConnectionAsync();
        var isOld = await connection.ExecuteScalarAsync<bool>(EventPurgeSql.IsOld[slot], parameters);
        await using var transaction = await connection.BeginTransactionAsync();
        return (await connection.ExecuteAsync(EventPurgeSql.MoveHorizon, parameters, transaction), isOld);
    }

    private async Task GoesOnAsync(EventReader reader)
    {
        var chat = Guid.NewGuid();
        await _writer.StoreAsync(Tenant, chat);
        var batch = await reader.ReadAsync(default);
        batch.PositionExpired.Should().BeFalse();
        batch.Events.Select(happened => happened.Chat.Value).Should().Equal(chat);
        (await reader.ReadAsync(default)).Events.Should().BeEmpty();
    }

    private async Task<EventReader> StartedAsync()
    {
        var reader = new EventReader(new Database(_source));
        await reader.ReadAsync(default);
        return reader;
    }

    private Task<FeedTakeoverReport> TakeOverAsync(bool checkOnly) => new FeedTakeover(new Database(_source)).RunAsync(checkOnly, default);

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
