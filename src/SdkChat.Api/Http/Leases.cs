using System.Collections.Concurrent;

namespace SdkChat.Api.Http;

/// <summary>Work of which each key may have one at a time. Each node counts separately.</summary>
internal sealed class Leases<TKey>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, bool> _running = new();

    /// <summary>How many leases are held now.</summary>
    public int Count => _running.Count;

    /// <returns>Ends the lease when it is disposed; null while the key's other lease is held.</returns>
    public IDisposable? TryAcquire(TKey key) => _running.TryAdd(key, true) ? new Lease(_running, key) : null;

    private sealed class Lease(ConcurrentDictionary<TKey, bool> running, TKey key) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            // Disposing twice must not end a lease that was acquired since.
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                running.TryRemove(key, out _);
        }
    }
}
