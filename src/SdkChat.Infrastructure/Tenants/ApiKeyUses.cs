using System.Collections.Concurrent;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// When keys were last used, in memory until they are written. Holds one instant for each key that exists, however many
/// calls there are and however long storage is away.
/// </summary>
internal sealed class ApiKeyUses(Database database)
{
    private ConcurrentDictionary<Guid, DateTimeOffset> _pending = new();

    /// <summary>Returns at once.</summary>
    public void Note(Guid key, DateTimeOffset at)
    {
        ConcurrentDictionary<Guid, DateTimeOffset> pending;
        do
        {
            pending = Volatile.Read(ref _pending);
            pending.AddOrUpdate(key, static (_, at) => at, static (_, known, at) => known < at ? at : known, at);
        }
        // If a write has taken this batch meanwhile, it may have missed the note: leave it in the next one too.
        while (!ReferenceEquals(pending, Volatile.Read(ref _pending)));
    }

    /// <summary>Writes what has been noted, in one statement. What cannot be written now is kept for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batch = Interlocked.Exchange(ref _pending, new ConcurrentDictionary<Guid, DateTimeOffset>());
        if (batch.IsEmpty)
            return;

        var uses = batch.ToArray();
        try
        {
            await database.ExecuteAsync(
                ApiKeySql.WriteUses,
                new { ids = uses.Select(use => use.Key).ToArray(), instants = uses.Select(use => use.Value.UtcDateTime).ToArray() },
                cancellationToken);
        }
        catch
        {
            foreach (var (key, at) in batch)
                Note(key, at);
            throw;
        }
    }
}
