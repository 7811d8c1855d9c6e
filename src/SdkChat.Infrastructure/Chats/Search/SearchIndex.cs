using Dapper;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Search;

/// <summary>
/// Brings the search index up to date, batch by batch. Any number of nodes may try at once. Searches are exact however far behind it is: they read
/// by themselves what it lacks.
/// </summary>
internal sealed class SearchIndex(Database database, SearchIndexShape shape)
{
    /// <summary>Any constant that no other user of the database locks; "search" in hexadecimal.</summary>
    public const long AdvisoryLock = 0x736561726368;

    /// <returns>How many chats were added, at least 1 while there is more to do; 0 where nothing is missing or another node is adding it.</returns>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer; nothing was added.</exception>
    public async Task<int> AddBatchAsync(CancellationToken cancellationToken)
    {
        var parameters = new { batch = shape.BatchSize, capacity = shape.SegmentCapacity, turn = AdvisoryLock };
        var added = await database.RunAsync(
            connection => connection.ExecuteScalarAsync<int>(
                new CommandDefinition(SearchIndexSql.Add, parameters, commandTimeout: 0, cancellationToken: cancellationToken)),
            cancellationToken);
        return Math.Max(0, added);
    }

    /// <summary>Adds all that is missing.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        while (await AddBatchAsync(cancellationToken) > 0)
        {
            // One batch after the other.
        }
    }
}
