using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>How one attempt to bring the counts up to date went.</summary>
internal enum FoldOutcome
{
    /// <summary>All was counted already.</summary>
    NothingNew,

    Folded,

    /// <summary>Somebody else was at it. They may not have seen what the caller wants counted.</summary>
    Busy,
}

/// <summary>Brings the counts up to date. Any number of nodes may try at once.</summary>
internal sealed class TallyFold(Database database, TallyShape shape)
{
    /// <summary>A tail of more rows than this, and of more than a twentieth of all, is counted faster with all the rest.</summary>
    private const int ShortTail = 10_000;

    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer; nothing was counted.</exception>
    public Task<FoldOutcome> RunAsync(CancellationToken cancellationToken) =>
        database.RunAsync(connection => RunAsync(connection, shape, cancellationToken), cancellationToken);

    internal static async Task<FoldOutcome> RunAsync(NpgsqlConnection connection, TallyShape shape, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await TallyTransaction.TryBeginAsync(connection, shape, cancellationToken);
            return transaction is null ? FoldOutcome.Busy : await RunAsync(transaction);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.SerializationFailure)
        {
            return FoldOutcome.Busy;
        }
    }

    /// <summary>Within a transaction that has the turn, which it commits.</summary>
    internal static async Task<FoldOutcome> RunAsync(TallyTransaction transaction)
    {
        var place = await transaction.PlaceAsync();
        var tail = await transaction.ScalarAsync<long>(TallySql.CountTail, new { lastXid = place.LastXid, openXids = place.OpenXids });
        if (tail == 0 && !place.IsForeign && place.HasSlots)
            return FoldOutcome.NothingNew;

        if (place.IsForeign || (tail > ShortTail && tail > place.Counted / 20))
            await transaction.BuildAsync();
        else
            await transaction.AddTailAsync(place);
        await transaction.CommitAsync();
        return FoldOutcome.Folded;
    }
}
