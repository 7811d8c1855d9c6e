using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Removes events that every reader has had time to read. Their age is measured with snapshots that this node took itself, not with the
/// instants in the rows: a node with a wrong clock therefore removes no unread event.
/// </summary>
internal sealed partial class EventPurge(
    FeedConnections connections, IOptions<LiveOptions> options, TimeProvider clock, ILogger<EventPurge> logger)
    : PeriodicWorker(TimeSpan.FromMinutes(1), clock, logger, firstAfter: TimeSpan.Zero)
{
    private readonly Queue<(long Taken, SnapshotRow Row)> _snapshots = new();

    /// <summary>The horizon of the previous round. By now every reader has a snapshot that includes it.</summary>
    private SnapshotRow? _horizon;

    protected override string Work => "Purge of old events";

    protected override Task RunAsync(CancellationToken cancellationToken) => PurgeAsync(cancellationToken);

    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        if (_horizon is { } horizon)
            await EmptySlotsAsync(horizon, cancellationToken);

        while (_snapshots.TryPeek(out var oldest)
            && Clock.GetElapsedTime(oldest.Taken) >= TimeSpan.FromMinutes(options.Value.EventRetentionMinutes))
        {
            await connections.Database.ExecuteAsync(
                EventPurgeSql.MoveHorizon, new { old = oldest.Row.Snapshot, epoch = oldest.Row.Epoch }, cancellationToken);
            _horizon = _snapshots.Dequeue().Row;
        }

        var now = await connections.Database.QuerySingleOrDefaultAsync<SnapshotRow>(EventPurgeSql.Snapshot, null, cancellationToken);
        _snapshots.Enqueue((Clock.GetTimestamp(), now!));
    }

    private async Task EmptySlotsAsync(SnapshotRow old, CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < EventPurgeSql.SlotCount; slot++)
        {
            var number = slot;
            if (await connections.Database.RunAsync(
                connection => EmptyAsync(connection, number, old, cancellationToken), cancellationToken))
                Emptied(slot);
        }
    }

    private async Task<bool> EmptyAsync(NpgsqlConnection connection, int slot, SnapshotRow old, CancellationToken cancellationToken)
    {
        var parameters = new { old = old.Snapshot, epoch = old.Epoch };
        Task<bool> IsOldAsync() =>
            connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                EventPurgeSql.IsOld[slot], parameters, cancellationToken: cancellationToken));

        if (!await IsOldAsync())
            return false;

        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(EventPurgeSql.Take[slot], cancellationToken: cancellationToken));
            // Check again, now that the lock prevents writes to the slot.
            if (!await IsOldAsync())
                return false;
            await connection.ExecuteAsync(new CommandDefinition(EventPurgeSql.Empty[slot], cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // The lock is held by a dump, or by a writer that has not committed for a quarter of an hour. Later rounds try again before the
            // slot is reused.
            SlotInUse(slot);
            return false;
        }
    }

    private sealed record SnapshotRow(string Snapshot, Guid Epoch);

    [LoggerMessage(3021, LogLevel.Debug, "Slot {Slot} of old events emptied")]
    private partial void Emptied(int slot);

    [LoggerMessage(3022, LogLevel.Information, "Slot {Slot} of old events is in use; it is emptied later")]
    private partial void SlotInUse(int slot);
}
