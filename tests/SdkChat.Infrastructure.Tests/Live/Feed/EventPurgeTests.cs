using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>What the purge takes, when, and what it leaves alone.</summary>
public sealed class EventPurgeTests
{
    private readonly FakeTimeProvider _clock = new();

    private TestDatabase _database = null!;
    private NpgsqlConnection _connection = null!;
    private FeedConnections _feed = null!;
    private EventPurge _purge = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _connection = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false");
        await _connection.OpenAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:SdkChat", _database.ConnectionString)])
            .Build();
        _feed = new FeedConnections(configuration, Options.Create(new DatabaseOptions()));
        _purge = new EventPurge(
            _feed, Options.Create(new LiveOptions { EventRetentionMinutes = 10 }), _clock, NullLogger<EventPurge>.Instance);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _purge.Dispose();
        await _feed.DisposeAsync();
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Purge_ASlotThatEverybodyHasHadTimeToRead_IsEmptied()
    {
        await StoreAsync(await SlotAsync(ago: 2));
        await StoreAsync(await SlotAsync(ago: 3));

        await MinutesPassAsync(10);
        (await CountAsync()).Should().Be(2, "the horizon moves first");
        await MinutesPassAsync(1);

        (await CountAsync()).Should().Be(0);
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task Purge_TheSlotThatIsWrittenAndTheOneBefore_StayWhateverTheSnapshotsSay(int ago)
    {
        await StoreAsync(await SlotAsync(ago));

        await MinutesPassAsync(20);

        (await CountAsync()).Should().Be(1);
    }

    [Test]
    public async Task Purge_ASlotWithOneYoungEvent_StaysWhole()
    {
        var slot = await SlotAsync(ago: 2);
        await StoreAsync(slot);
        await MinutesPassAsync(5);
        await StoreAsync(slot);

        await MinutesPassAsync(8);
        (await CountAsync()).Should().Be(2);

        await MinutesPassAsync(5);
        (await CountAsync()).Should().Be(0);
    }

    [Test]
    public async Task Purge_AnEventThatWasNotCommittedThen_Stays()
    {
        var slot = await SlotAsync(ago: 2);
        await StoreAsync(slot);
        await using var slow = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false");
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await StoreAsync(slot, slow);
        await MinutesPassAsync(5);
        await transaction.CommitAsync();

        await MinutesPassAsync(9);
        (await CountAsync()).Should().Be(2, "it is younger than its number");

        await MinutesPassAsync(3);
        (await CountAsync()).Should().Be(0);
    }

    [Test]
    public async Task Purge_ASlotThatADumpReads_IsLeftAndTakenLater()
    {
        await StoreAsync(await SlotAsync(ago: 2));
        await using var dump = new NpgsqlConnection(_database.ConnectionString + ";Pooling=false");
        await dump.OpenAsync();
        await using var transaction = await dump.BeginTransactionAsync();
        await dump.ExecuteAsync("lock table chat_event in access share mode");

        await MinutesPassAsync(12);
        (await CountAsync()).Should().Be(1);

        await transaction.RollbackAsync();
        await MinutesPassAsync(1);
        (await CountAsync()).Should().Be(0);
    }

    [Test]
    public async Task Store_GoesIntoTheSlotOfTheDatabasesClock()
    {
        var before = await SlotAsync(ago: 0);
        await _connection.ExecuteAsync(
            """
            insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at)
            select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'chat_completed', now() + interval '1 hour'
            """);
        var after = await SlotAsync(ago: 0);

        (await _connection.ExecuteScalarAsync<int>("select slot from chat_event")).Should().BeOneOf(before, after);
    }

    private async Task MinutesPassAsync(int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await _purge.PurgeAsync(default);
            _clock.Advance(TimeSpan.FromMinutes(1));
            // Somebody is always at work: without it no snapshot would differ from the one before.
            await _connection.ExecuteAsync("select pg_current_xact_id()");
        }

        await _purge.PurgeAsync(default);
    }

    private Task<int> SlotAsync(int ago) =>
        _connection.ExecuteScalarAsync<int>("select (extract(epoch from clock_timestamp())::bigint / 300 - @ago) % 6", new { ago });

    private Task<long> CountAsync() => _connection.ExecuteScalarAsync<long>("select count(*) from chat_event");

    private Task StoreAsync(int slot, NpgsqlConnection? connection = null) => (connection ?? _connection).ExecuteAsync(
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at, slot)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'chat_completed', now(), @slot
        """,
        new { slot });
}
