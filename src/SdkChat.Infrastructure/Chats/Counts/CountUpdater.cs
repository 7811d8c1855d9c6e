using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>How one attempt to bring the counts up to date went.</summary>
internal enum CountUpdateResult
{
    /// <summary>All was counted already.</summary>
    NothingNew,

    Updated,

    /// <summary>A part was counted, and more is left.</summary>
    Unfinished,

    /// <summary>Another update is running. It may not see what the caller wants counted.</summary>
    Busy,
}

/// <summary>Brings the counts up to date. Any number of nodes may try at once.</summary>
internal sealed class CountUpdater(Database database, CountShape shape)
{
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer; nothing was counted.</exception>
    public Task<CountUpdateResult> RunAsync(CancellationToken cancellationToken) =>
        database.RunAsync(connection => RunAsync(connection, shape, cancellationToken), cancellationToken);

    internal static Task<CountUpdateResult> RunAsync(NpgsqlConnection connection, CountShape shape, CancellationToken cancellationToken) =>
        CountTransaction.TryRunAsync(connection, shape, RunAsync, cancellationToken);

    /// <summary>Within a transaction that holds the lock of updates, which it commits.</summary>
    internal static async Task<CountUpdateResult> RunAsync(CountTransaction transaction)
    {
        var watermark = await transaction.WatermarkAsync();
        if (!await transaction.CatchUpAsync(watermark) && !watermark.MustPack)
            return CountUpdateResult.NothingNew;

        var isPacked = await TotalPacker.PackAsync(transaction);
        await transaction.CommitAsync();
        return isPacked ? CountUpdateResult.Updated : CountUpdateResult.Unfinished;
    }
}
