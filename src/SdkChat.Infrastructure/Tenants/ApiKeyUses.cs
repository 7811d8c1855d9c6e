using System.Runtime.InteropServices;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// The last uses of keys, in memory until they are written. Its size is bounded by the number of keys, not by the number of calls or the
/// length of an outage.
/// </summary>
internal sealed class ApiKeyUses(Database database)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, DateTimeOffset> _pending = [];

    /// <summary>Records a use. Returns at once.</summary>
    public void Note(Guid key, DateTimeOffset at)
    {
        lock (_gate)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, key, out _);
            if (known < at)
                known = at;
        }
    }

    /// <summary>Writes the recorded uses in one statement. Uses that cannot be written are kept for the next time.</summary>
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
