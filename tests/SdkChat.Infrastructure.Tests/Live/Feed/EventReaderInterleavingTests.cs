using Dapper;
using FsCheck;
using Npgsql;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>
/// Whatever the interleaving of transactions, roll-backs, purges and readings of any page size: each committed event is read
/// once, by the first reading after its commit, and the events of one chat in the order of their commits.
/// </summary>
public sealed class EventReaderInterleavingTests
{
    private const int Writers = 4;

    private static readonly Guid Tenant = Guid.NewGuid();

    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private EventTransaction[] _writers = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        _writers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => EventTransaction.ConnectAsync(_database.ConnectionString)));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var writer in _writers)
            await writer.DisposeAsync();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [FsCheck.NUnit.Property(MaxTest = 150, StartSize = 10, EndSize = 80)]
    public bool AnyInterleaving_NeitherSkipsNorRepeats(byte[] steps, PositiveInt page) =>
        RunAsync(steps, 1 + (page.Get % 4)).GetAwaiter().GetResult();

    private async Task<bool> RunAsync(byte[] steps, int page)
    {
        var run = new Run(new EventReader(new Database(_source), page), _writers, _source);
        await run.StartAsync();
        foreach (var step in steps)
            await run.StepAsync(step);
        return await run.EndAsync();
    }

    /// <summary>One interleaving, and the model of it: what was committed and has not been read yet.</summary>
    private sealed class Run(EventReader reader, EventTransaction[] writers, NpgsqlDataSource source)
    {
        private readonly List<Guid>[] _open = [.. writers.Select(_ => new List<Guid>())];
        private readonly List<Guid> _due = [];
        private bool _isRight = true;
        private string? _old;

        public Task StartAsync() => reader.ReadAsync(default);

        public Task StepAsync(byte step)
        {
            var writer = step % Writers;
            return (step / Writers % 8) switch
            {
                0 or 1 or 2 => StoreAsync(writer),
                3 or 4 => FinishAsync(writer, isCommit: true),
                5 => FinishAsync(writer, isCommit: false),
                6 => ReadPageAsync(),
                _ => PurgeAsync(),
            };
        }

        public async Task<bool> EndAsync()
        {
            for (var writer = 0; writer < Writers; writer++)
                await FinishAsync(writer, isCommit: writer % 2 == 0);
            await CatchUpAsync();
            return _isRight && _due.Count == 0;
        }

        private async Task StoreAsync(int writer)
        {
            if (!writers[writer].IsOpen)
                await writers[writer].BeginAsync();
            var chat = Guid.NewGuid();
            await writers[writer].StoreAsync(Tenant, chat);
            _open[writer].Add(chat);
        }

        private async Task FinishAsync(int writer, bool isCommit)
        {
            if (!writers[writer].IsOpen)
                return;

            await (isCommit ? writers[writer].CommitAsync() : writers[writer].RollbackAsync());
            if (isCommit)
                _due.AddRange(_open[writer]);
            _open[writer].Clear();
        }

        /// <summary>Reads what it had begun to read, and then up to now.</summary>
        private async Task CatchUpAsync()
        {
            for (var i = 0; i < 2; i++)
            {
                while (!await ReadPageAsync())
                {
                    // The next page.
                }
            }
        }

        private async Task<bool> ReadPageAsync()
        {
            var batch = await reader.ReadAsync(default);
            // Due once, whatever else: an event that is read twice, or that was rolled back, is not due.
            _isRight &= !batch.PositionExpired && batch.Events.All(happened => _due.Remove(happened.Chat.Value));
            return batch.IsLast;
        }

        /// <summary>With a snapshot that is older than the reader's place, as the real one always is.</summary>
        private async Task PurgeAsync()
        {
            await using var connection = await source.OpenConnectionAsync();
            if (_old is not null)
                await connection.ExecuteAsync(EventTransaction.Trim, new { old = _old });
            _old = await connection.ExecuteScalarAsync<string>(EventPurgeSql.Snapshot);
            await CatchUpAsync();
        }
    }
}
