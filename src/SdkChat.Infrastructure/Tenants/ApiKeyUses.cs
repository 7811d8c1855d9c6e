using System.Runtime.InteropServices;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// When keys were last used, in memory until they are written. Holds one instant for each key that exists, however many
/// calls there are and however long storage is away.
/// </summary>
internal sealed class ApiKeyUses(Database database)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, DateTimeOffset> _pending = [];

    /// <summary>Returns at once.</summary>
    public void Note(Guid key, DateTimeOffset at)
    {
        lock (_gate)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, key, out _);
            if (known < at)
                known = at;
        }
    }

    /// <summary>Writes what has been noted, in one statement. What cannot be written now is kept for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var batch = Take();
        if (batch.Count == 0)
            return;

        try
        {
            await database.ExecuteAsync(
                ApiKeySql.WriteUses,
                new { ids = batch.Keys.ToArray(), instants = batch.Values.Select(at => at.UtcDateTime).ToArray() },
                cancellationToken);
        }
        catch
        {
            foreach (var (key, at) in batch)
                Note(key, at);
            throw;
        }
    }

    private Dictionary<Guid, DateTimeOffset> Take()
    {
        lock (_gate)
        {
            var batch = _pending;
            _pending = [];
            return batch;
        }
    }
}
