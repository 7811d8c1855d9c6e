using System.Data;
using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// A transaction that updates the counts. All its statements have one snapshot, and what they count is what is visible there. If another
/// transaction updated the counts first, it fails with a serialization failure and changes nothing.
/// </summary>
internal sealed class CountTransaction : IAsyncDisposable
{
    /// <summary>The key of the lock of updates. Nodes of other versions use the same one, so it must not change.</summary>
    public const long AdvisoryLock = 0x74616C6C79;

    private readonly NpgsqlTransaction _transaction;
    private readonly CountShape _shape;
    private readonly CancellationToken _cancellation;

    private CountTransaction(NpgsqlTransaction transaction, CountShape shape, CancellationToken cancellation) =>
        (_transaction, _shape, _cancellation) = (transaction, shape, cancellation);

    /// <returns>Null while another transaction updates the counts.</returns>
    public static async Task<CountTransaction?> TryBeginAsync(
        NpgsqlConnection connection, CountShape shape, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var begun = new CountTransaction(transaction, shape, cancellationToken);
        if (await begun.ScalarAsync<bool>(CountSql.Lock, new { key = AdvisoryLock }))
            return begun;

        await begun.DisposeAsync();
        return null;
    }

    /// <summary>Runs the work in a transaction that has the lock of updates.</summary>
    /// <returns><see cref="CountUpdateResult.Busy"/> if another transaction updates the counts, or did first.</returns>
    public static async Task<CountUpdateResult> TryRunAsync(
        NpgsqlConnection connection, CountShape shape, Func<CountTransaction, Task<CountUpdateResult>> work,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await TryBeginAsync(connection, shape, cancellationToken);
            return transaction is null ? CountUpdateResult.Busy : await work(transaction);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.SerializationFailure)
        {
            return CountUpdateResult.Busy;
        }
    }

    public Task<CountWatermark> WatermarkAsync() => QuerySingleAsync<CountWatermark>(CountSql.Watermark);

    /// <summary>Counts what is not counted yet; everything, if that is quicker or the counts are of another server.</summary>
    /// <returns>Whether there was anything to count.</returns>
    public async Task<bool> CatchUpAsync(CountWatermark watermark)
    {
        var pending = watermark.IsForeign ? null : await PendingAsync(watermark);
        if (pending is { Chats: 0 } && !watermark.MustBuildSlots)
            return false;

        if (pending is null || pending.IsLong(watermark.Counted))
            await BuildAsync();
        else
            await AddTailAsync(watermark, pending);
        return true;
    }

    private Task<PendingChats> PendingAsync(CountWatermark watermark) => Connection.QuerySingleAsync<PendingChats>(Command(
        CountSql.Pending, new { lastXid = watermark.LastXid, openXids = watermark.OpenXids, largeProfile = _shape.LargeProfile }));

    private async Task AddTailAsync(CountWatermark watermark, PendingChats pending)
    {
        var hasAnswers = watermark.HasAnswers || watermark.MustBuildSlots;
        var tail = new
        {
            lastXid = watermark.LastXid, openXids = watermark.OpenXids, caps = _shape.Caps, largeProfile = _shape.LargeProfile, hasAnswers,
        };
        if (pending.HasNewLists)
            await ExecuteAsync(CountSql.Open, tail);
        await SplitAsync(await Connection.QueryAsync<OutgrownBlock>(Command(CountSql.Add, tail)));
        if (pending.HasGrownProfiles)
        {
            await SplitAsync(await Connection.QueryAsync<OutgrownBlock>(Command(CountSql.Promote, tail)));
            if (!watermark.MustBuildSlots)
                await ExecuteAsync(SlotSql.Promote, tail);
        }

        if (watermark.MustBuildSlots)
            await BuildSlotsAsync();
        await ExecuteAsync(CountSql.Advance, tail);
    }

    /// <summary>Counts everything.</summary>
    public async Task BuildAsync()
    {
        await ExecuteAsync(CountBuildSql.Prepare);
        var hadForeignRows = await ExecuteAsync(CountBuildSql.ReplaceForeignTransactionIds) > 0;
        await ExecuteAsync(CountBuildSql.Clear);
        var lowest = new { fill = _shape.Fill(1), largeProfile = _shape.LargeProfile };
        await ExecuteAsync(CountBuildSql.AllTenants, lowest);
        await ExecuteAsync(CountBuildSql.Tenants, lowest);
        await ExecuteAsync(CountBuildSql.Profiles, lowest);
        for (var level = 2; level <= CountShape.Levels; level++)
            await ExecuteAsync(CountBuildSql.Level, new { level, fill = _shape.Fill(level) });
        await BuildSlotsAsync();
        await ExecuteAsync(CountBuildSql.MoveWatermark, new { hadForeignRows });
    }

    private async Task BuildSlotsAsync()
    {
        await ExecuteAsync(CountBuildSql.Prepare);
        await ExecuteAsync(SlotSql.Clear);
        await ExecuteAsync(RunningTotalSql.Clear);
        await ExecuteAsync(TotalPackSql.Clear);
        await ExecuteAsync(SlotSql.Quarters);
        await ExecuteAsync(SlotSql.QuartersOfAll);
        for (var level = 2; level <= SlotSql.Levels; level++)
            await ExecuteAsync(SlotSql.Level, new { level });
        await ExecuteAsync(SlotSql.Built);
    }

    /// <summary>From the lowest level up: a cut leaves the sums of the levels above as they are.</summary>
    private async Task SplitAsync(IEnumerable<OutgrownBlock> blocks)
    {
        foreach (var block in blocks)
        {
            await ExecuteAsync(CountSplitSql.For(block.Kind, block.Level), new
            {
                kind = block.Kind, scope = block.Scope, level = (int)block.Level, lowerAt = block.LowerAt, lowerId = block.LowerId,
                fill = _shape.Fill(block.Level),
            });
        }
    }

    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) => Connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    public Task<T> QuerySingleAsync<T>(string sql) => Connection.QuerySingleAsync<T>(Command(sql, null));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    public Task CommitAsync() => _transaction.CommitAsync(_cancellation);

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private NpgsqlConnection Connection => _transaction.Connection!;

    /// <summary>No limit by the client: counting a million rows takes seconds.</summary>
    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, _transaction, commandTimeout: 0, cancellationToken: _cancellation);
}
