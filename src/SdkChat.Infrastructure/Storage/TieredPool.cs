using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The connections of the requests, in tiers that fill one after the other: however many there are, few requests at a time
/// go round among few. Npgsql hands the idle connections of a pool out in turn. After a burst each statement would meet the session
/// that has rested longest, whose catalogue and plans no cache of the processor holds any more, and take more than twice as
/// long (docs/decisions/0027).
/// </summary>
internal sealed class TieredPool : IAsyncDisposable, IDisposable
{
    /// <summary>Connections of the tiers before the last, which has the rest: a pair suffices for most moments.</summary>
    private static readonly int[] FirstSizes = [2, 6];

    private static readonly TimeSpan ClearAgain = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource[] _tiers;
    private readonly int _size;

    /// <summary>How many places each tier but the last has left.</summary>
    private readonly int[] _free;

    private readonly Lock _clearing = new();

    /// <summary>How often the pool was cleared, and when.</summary>
    private int _generation;
    private long _cleared;

    /// <summary>As many connections as the settings allow. The last tier bears the name, the others the name and their number.</summary>
    public TieredPool(NpgsqlConnectionStringBuilder settings, string name)
    {
        var sizes = Sizes(settings.MaxPoolSize);
        var kept = settings.MinPoolSize;
        _tiers = new NpgsqlDataSource[sizes.Count];
        for (var tier = 0; tier < sizes.Count; tier++)
        {
            var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { MaxPoolSize = sizes[tier], MinPoolSize = Math.Min(kept, sizes[tier]) };
            kept -= own.MinPoolSize;
            _tiers[tier] = DataSourceFactory.Open(own, tier < sizes.Count - 1 ? $"{name}-{tier + 1}" : name);
        }

        _free = [.. sizes];
        _size = settings.MaxPoolSize;
    }

    /// <summary>One tier, which is somebody else's to dispose of.</summary>
    public TieredPool(NpgsqlDataSource source) => (_tiers, _free, _size) = ([source], [0], new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize);

    /// <returns>A place in the first tier that has one; the caller's to dispose of, after the connection.</returns>
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

    /// <summary>How many connections each tier has, of so many altogether.</summary>
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

    /// <summary>Closes the connections that wait, and those in use when they come back; once for all who found theirs dead at the same time.</summary>
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

    /// <summary>The right to one connection of a tier.</summary>
    internal readonly struct Place(TieredPool pool, int tier, int generation) : IDisposable
    {
        /// <summary>How many connections the pool has at most, over all tiers.</summary>
        public int PoolSize => pool._size;

        /// <summary>Waits for one where there is none, which is so in the last tier alone.</summary>
        public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => pool._tiers[tier].OpenConnectionAsync(cancellationToken);

        /// <summary>What was opened before this place was taken is not handed out again.</summary>
        public void ClearPool() => pool.Clear(generation);

        /// <summary>
        /// For connections that work, but lead to a server that became read-only: new ones may find the primary. If there is none, each write
        /// fails, and must not cost all connections each time.
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
