using Dapper;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Indexing;

/// <summary>
/// Updates the search index, batch by batch. Any number of nodes may try at once. Searches are always exact: they read chats that are not
/// in the index directly.
/// </summary>
internal sealed class SearchIndex(Database database, SearchIndexShape shape)
{
    /// <summary>Any constant that no other user of the database locks; "search" in hexadecimal.</summary>
    public const long AdvisoryLock = 0x736561726368;

    /// <returns>
    /// How many chats were added; at least 1 while there is more to do. 0 if nothing is missing or another node is adding it.
    /// </returns>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer. Nothing was added.</exception>
    public async Task<int> AddBatchAsync(CancellationToken cancellationToken)
    {
        var parameters = new { batch = shape.BatchSize, capacity = shape.SegmentCapacity, turn = AdvisoryLock };
        var added = await database.RunAsync(
            connection => connection.ExecuteScalarAsync<int>(
                new CommandDefinition(SearchIndexSql.Add, parameters, commandTimeout: 0, cancellationToken: cancellationToken)),
            cancellationToken);
        return Math.Max(0, added);
    }

    /// <summary>Adds all chats that are missing.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        while (await AddBatchAsync(cancellationToken) > 0)
        {
            // Each round adds one batch.
        }
    }
}
