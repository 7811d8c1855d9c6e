using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The connections of requests, in tiers that fill one after the other, so that a few concurrent requests use only a few connections.
/// Npgsql takes the idle connections of a pool in turn. After a burst, each statement would use the session that was idle longest, whose
/// catalogue and plans are in no cache of the processor, and take more than twice as long (docs/decisions/0027).
/// </summary>
internal sealed class TieredPool : IAsyncDisposable, IDisposable
{
    /// <summary>
    /// The sizes of all tiers but the last, which has the remaining connections. Two connections are enough most of the time.
    /// </summary>
    private static readonly int[] FirstSizes = [2, 6];

    private static readonly TimeSpan ClearAgain = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource[] _tiers;
    private readonly int _size;

    /// <summary>The number of free slots of each tier but the last.</summary>
    private readonly int[] _free;

    private readonly Lock _clearing = new();

    /// <summary>How often the pool was cleared, and when.</summary>
    private int _generation;
    private long _cleared;

    /// <summary>
    /// Creates as many connections as the settings allow. The last tier has the name, the others the name and their number.
    /// </summary>
    public TieredPool(NpgsqlConnectionStringBuilder settings, string name)
    {
        var sizes = Sizes(settings.MaxPoolSize);
        var kept = settings.MinPoolSize;
        _tiers = new NpgsqlDataSource[sizes.Count];
        for (var tier = 0; tier < sizes.Count; tier++)
        {
            var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
            {
                MaxPoolSize = sizes[tier], MinPoolSize = Math.Min(kept, sizes[tier]),
            };
            kept -= own.MinPoolSize;
            _tiers[tier] = DataSourceFactory.Open(own, tier < sizes.Count - 1 ? $"{name}-{tier + 1}" : name);
        }

        _free = [.. sizes];
        _size = settings.MaxPoolSize;
    }

    /// <summary>A single tier. The caller owns the data source and disposes of it.</summary>
    public TieredPool(NpgsqlDataSource source) =>
        (_tiers, _free, _size) = ([source], [0], new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize);

    /// <returns>A slot in the first tier that has one. The caller must dispose of it, after the connection.</returns>
    public Place Enter()
    {
        var last = _tiers.Length - 1;
        for (var tier = 0; tier < last; tier++)
        {
            if (Interlocked.Decrement(ref _free[tier]) >= 0)
                return new Place(this, tier, Volatile.Read(ref _generation));
            Interlocked.Increment(ref _free[tier]);
        }

        return new Place(this, last, Volatile.Read(ref _generation));
    }

    public void Dispose()
    {
        foreach (var tier in _tiers)
            tier.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tier in _tiers)
            await tier.DisposeAsync();
    }

    /// <summary>The size of each tier, for a total number of connections.</summary>
    internal static IReadOnlyList<int> Sizes(int connections)
    {
        var sizes = new List<int>();
        foreach (var size in FirstSizes.TakeWhile(_ => connections > 0))
        {
            sizes.Add(Math.Min(size, connections));
            connections -= sizes[^1];
        }

        return connections > 0 ? [.. sizes, connections] : sizes;
    }

    /// <summary>
    /// Closes idle connections at once and used ones when they are returned; only once for callers that found theirs broken at the same
    /// time.
    /// </summary>
    private void Clear(int generation)
    {
        lock (_clearing)
        {
            if (generation != _generation)
                return;

            foreach (var tier in _tiers)
                tier.Clear();
            _cleared = TimeProvider.System.GetTimestamp();
            _generation++;
        }
    }

    /// <summary>A slot: the right to use one connection of a tier.</summary>
    internal readonly struct Place(TieredPool pool, int tier, int generation) : IDisposable
    {
        /// <summary>The maximum number of connections over all tiers.</summary>
        public int PoolSize => pool._size;

        /// <summary>Waits for a free connection; only the last tier may have none.</summary>
        public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
            pool._tiers[tier].OpenConnectionAsync(cancellationToken);

        /// <summary>Connections that were opened before this slot was acquired are not used again.</summary>
        public void ClearPool() => pool.Clear(generation);

        /// <summary>
        /// For working connections to a server that became read-only: new ones may reach the primary. If there is none, every write fails,
        /// so the pool is cleared only at an interval.
        /// </summary>
        public void ClearPoolNowAndThen()
        {
            if (TimeProvider.System.GetElapsedTime(Volatile.Read(ref pool._cleared)) >= ClearAgain)
                pool.Clear(generation);
        }

        public void Dispose()
        {
            if (tier < pool._tiers.Length - 1)
                Interlocked.Increment(ref pool._free[tier]);
        }
    }
}
