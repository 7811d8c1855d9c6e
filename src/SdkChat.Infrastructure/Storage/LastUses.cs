using System.Runtime.InteropServices;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The last uses of credentials, in memory until they are written. Its size is bounded by the number of credentials, not by the number of
/// calls or the length of an outage.
/// </summary>
/// <param name="write">Stores <c>@ids</c> and <c>@instants</c>, unless a later use is stored.</param>
internal abstract class LastUses(Database database, string write)
{
    private readonly Lock _gate = new();
    private Dictionary<Guid, DateTimeOffset> _pending = [];

    /// <summary>Records a use. Returns at once.</summary>
    public void Note(Guid id, DateTimeOffset at)
    {
        lock (_gate)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, id, out _);
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
                write, new { ids = batch.Keys.ToArray(), instants = batch.Values.Select(at => at.UtcDateTime).ToArray() },
                cancellationToken);
        }
        catch
        {
            foreach (var (id, at) in batch)
                Note(id, at);
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
