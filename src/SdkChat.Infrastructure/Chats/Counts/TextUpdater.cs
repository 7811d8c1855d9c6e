using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Brings the errors and items by time up to date, counts a batch of old chats and packs slots that have ended, in a transaction of its
/// own: results are large, and the other counts do not wait for them. Any number of nodes may try at once.
/// </summary>
internal sealed class TextUpdater(Database database)
{
    /// <summary>Old chats that one transaction counts. A statement that deletes chats waits for it, about 200 ms.</summary>
    private const int BatchSize = 2_000;

    /// <summary>The batch ends with the chat that reaches this size of items: to read 8 MiB takes about a second.</summary>
    private const int BatchBytes = 8 * 1024 * 1024;

    /// <summary>If more chats are pending, everything is cleared and counted again in batches.</summary>
    private const int MaxPending = 20_000;

    /// <summary>Texts that one transaction packs, about 50 ms.</summary>
    private const int PackedTexts = 30_000;

    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer; nothing was counted.</exception>
    public Task<CountUpdateResult> RunAsync(CancellationToken cancellationToken) => RunAsync(BatchSize, cancellationToken);

    internal Task<CountUpdateResult> RunAsync(int batchSize, CancellationToken cancellationToken) => database.RunAsync(
        connection => CountTransaction.TryRunAsync(
            connection, CountShape.Default, transaction => RunAsync(transaction, batchSize), cancellationToken),
        cancellationToken);

    private static async Task<CountUpdateResult> RunAsync(CountTransaction transaction, int batchSize)
    {
        var watermark = await transaction.QuerySingleAsync<TextWatermark>(TextSql.Watermark);
        if (watermark.IsForeign)
            return CountUpdateResult.Busy;

        var tail = new { lastXid = watermark.LastXid, openXids = watermark.OpenXids };
        var pending = watermark.MustBegin ? 0 : await transaction.ScalarAsync<long>(CountSql.CountTail, tail);
        if (pending == 0 && watermark is { IsComplete: true, MustBegin: false, MustPack: false })
            return CountUpdateResult.NothingNew;

        if (watermark.MustBegin || pending > MaxPending)
        {
            await transaction.ExecuteAsync(TextSql.Clear);
            await transaction.ExecuteAsync(TextPackSql.Clear);
            await transaction.ExecuteAsync(TextSql.Begin);
        }
        else if (pending > 0)
        {
            await transaction.ExecuteAsync(TextSql.Add, tail);
            await transaction.ExecuteAsync(TextSql.Advance, tail);
        }

        var isComplete = (watermark is { IsComplete: true, MustBegin: false } && pending <= MaxPending)
            || await AddOldAsync(transaction, batchSize);
        var isPacked = await transaction.ScalarAsync<bool>(TextPackSql.Pack, new { texts = PackedTexts });
        await transaction.CommitAsync();
        return isComplete && isPacked ? CountUpdateResult.Updated : CountUpdateResult.Unfinished;
    }

    /// <returns>Whether none are left.</returns>
    private static async Task<bool> AddOldAsync(CountTransaction transaction, int batchSize)
    {
        var from = await transaction.ScalarAsync<string>(TextSql.FirstOld, new { batch = batchSize, bytes = BatchBytes });
        await transaction.ExecuteAsync(TextSql.AddOld, new { from });
        await transaction.ExecuteAsync(TextSql.MoveBack, new { from });
        return from == "-infinity";
    }
}
