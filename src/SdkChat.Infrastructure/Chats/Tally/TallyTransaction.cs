using System.Data;
using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>
/// One transaction that moves the counts. All of its statements have one snapshot, and what they count is what is visible
/// there. Another that moved them since then makes it fail as a serialization failure: it is then too late, and has done nothing.
/// </summary>
internal sealed class TallyTransaction : IAsyncDisposable
{
    /// <summary>Any constant that no other user of the database locks; "tally" in hexadecimal.</summary>
    public const long AdvisoryLock = 0x74616C6C79;

    private readonly NpgsqlTransaction _transaction;
    private readonly TallyShape _shape;
    private readonly CancellationToken _cancellation;

    private TallyTransaction(NpgsqlTransaction transaction, TallyShape shape, CancellationToken cancellation) =>
        (_transaction, _shape, _cancellation) = (transaction, shape, cancellation);

    /// <returns>Null while somebody else is at it.</returns>
    public static async Task<TallyTransaction?> TryBeginAsync(NpgsqlConnection connection, TallyShape shape, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var begun = new TallyTransaction(transaction, shape, cancellationToken);
        if (await begun.ScalarAsync<bool>(TallySql.Lock, new { key = AdvisoryLock }))
            return begun;

        await begun.DisposeAsync();
        return null;
    }

    public Task<TallyPlace> PlaceAsync() => Connection.QuerySingleAsync<TallyPlace>(Command(TallySql.Place, null));

    /// <summary>Counts what the place lacks.</summary>
    public async Task AddTailAsync(TallyPlace place)
    {
        var tail = new { lastXid = place.LastXid, openXids = place.OpenXids, caps = _shape.Caps, largeProfile = _shape.LargeProfile };
        await ExecuteAsync(TallySql.Open, tail);
        await SplitAsync(await Connection.QueryAsync<OutgrownBlock>(Command(TallySql.Add, tail)));
        if (place.HasSlots)
            await ExecuteAsync(SlotSql.Add, tail);
        await SplitAsync(await Connection.QueryAsync<OutgrownBlock>(Command(TallySql.Promote, tail)));
        if (place.HasSlots)
            await ExecuteAsync(SlotSql.Promote, tail);
        else
            await BuildSlotsAsync();
        await ExecuteAsync(TallySql.Advance, tail);
    }

    /// <summary>Counts everything.</summary>
    public async Task BuildAsync()
    {
        await ExecuteAsync(TallyBuildSql.Prepare);
        await ExecuteAsync(TallyBuildSql.Disown);
        await ExecuteAsync(TallyBuildSql.Clear);
        var lowest = new { fill = _shape.Fill(1), largeProfile = _shape.LargeProfile };
        await ExecuteAsync(TallyBuildSql.Everybodys, lowest);
        await ExecuteAsync(TallyBuildSql.Tenants, lowest);
        await ExecuteAsync(TallyBuildSql.Profiles, lowest);
        for (var level = 2; level <= TallyShape.Levels; level++)
            await ExecuteAsync(TallyBuildSql.Level, new { level, fill = _shape.Fill(level) });
        await BuildSlotsAsync();
        await ExecuteAsync(TallyBuildSql.Place);
    }

    private async Task BuildSlotsAsync()
    {
        await ExecuteAsync(TallyBuildSql.Prepare);
        await ExecuteAsync(SlotSql.Clear);
        await ExecuteAsync(SlotSql.Quarters);
        await ExecuteAsync(SlotSql.QuartersOfAll);
        for (var level = 2; level <= SlotSql.Levels; level++)
            await ExecuteAsync(SlotSql.Level, new { level });
    }

    /// <summary>From the lowest level up: a cut leaves the sums of the levels above as they are.</summary>
    private async Task SplitAsync(IEnumerable<OutgrownBlock> blocks)
    {
        foreach (var block in blocks)
        {
            await ExecuteAsync(TallySplitSql.For(block.Kind, block.Level), new
            {
                kind = block.Kind, scope = block.Scope, level = (int)block.Level, lowerAt = block.LowerAt, lowerId = block.LowerId, fill = _shape.Fill(block.Level),
            });
        }
    }

    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null) => Connection.ExecuteScalarAsync<T>(Command(sql, parameters));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await Connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task CommitAsync() => _transaction.CommitAsync(_cancellation);

    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    private NpgsqlConnection Connection => _transaction.Connection!;

    private Task<int> ExecuteAsync(string sql, object? parameters = null) => Connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>Counting a million rows takes its time.</summary>
    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, _transaction, commandTimeout: 0, cancellationToken: _cancellation);
}
