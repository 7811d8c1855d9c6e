namespace SdkChat.Api.Http.Sharing;

/// <summary>
/// Reads a thing once for all who want it at the same time, as every dashboard of a tenant does when an event comes
/// (docs/decisions/0026). Nobody gets an answer that is older than the question: whoever comes while a reading is under way
/// shares the next one, which begins when that one is done.
/// </summary>
/// <param name="read">Reads what belongs to a key, for one caller alone or for several to share. Its token is cancelled once nobody waits for the answer any more.</param>
/// <param name="clock">Measures the patience.</param>
/// <typeparam name="TKey">All that the answer depends on, the tenant before all.</typeparam>
/// <typeparam name="TValue">Where it is shared, nobody may change it.</typeparam>
internal sealed class SharedReadings<TKey, TValue>(Func<TKey, bool, CancellationToken, Task<TValue>> read, TimeProvider clock)
    where TKey : notnull
{
    /// <summary>A reading that hangs, as one on a dead connection does, holds up the next one no longer than this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<TKey, Line> _lines = [];

    /// <summary>Of how many things there is a reading under way.</summary>
    public int Count
    {
        get
        {
            lock (_lines)
                return _lines.Count;
        }
    }

    /// <exception cref="OperationCanceledException">By the caller's own token; others still get their answer.</exception>
    public Task<TValue> ReadAsync(TKey key, CancellationToken cancellationToken)
    {
        lock (_lines)
        {
            if (_lines.TryGetValue(key, out var line))
            {
                var next = line.Next ??= new Reading(clock, reading => BeginNext(key, reading), Patience);
                next.Readers++;
                return JoinAsync(next, cancellationToken);
            }

            _lines.Add(key, new Line { UnderWay = 1 });
        }

        return ReadAloneAsync(key, cancellationToken);
    }

    /// <summary>On the caller's own thread, and by its own token.</summary>
    private async Task<TValue> ReadAloneAsync(TKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await read(key, false, cancellationToken);
        }
        finally
        {
            EndSoon(key);
        }
    }

    private async Task ReadForAllAsync(TKey key, Reading reading)
    {
        try
        {
            reading.Answer.SetResult(await read(key, true, reading.Abandoned.Token));
        }
        catch (Exception exception)
        {
            reading.Answer.SetException(exception);
        }
        finally
        {
            EndSoon(key);
        }
    }

    /// <summary>Behind the answers of this reading, and all else that waits for the processor: the busier the node, the more come to share the next one.</summary>
    private void EndSoon(TKey key) => ThreadPool.UnsafeQueueUserWorkItem(_ => End(key), null);

    private void End(TKey key)
    {
        Reading? next;
        lock (_lines)
        {
            var line = _lines[key];
            line.UnderWay--;
            next = line.TakeNext();
            if (line is { UnderWay: 0, Next: null })
                _lines.Remove(key);
        }

        if (next is not null)
            _ = ReadForAllAsync(key, next);
    }

    /// <summary>Beside the one that hangs.</summary>
    private void BeginNext(TKey key, Reading reading)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(key, out var line) || !ReferenceEquals(line.Next, reading) || line.TakeNext() is null)
                return;
        }

        _ = ReadForAllAsync(key, reading);
    }

    private async Task<TValue> JoinAsync(Reading reading, CancellationToken cancellationToken)
    {
        try
        {
            return await reading.Answer.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Leave(reading);
            throw;
        }
    }

    private void Leave(Reading reading)
    {
        lock (_lines)
        {
            if (--reading.Readers > 0 || !reading.HasBegun)
                return;
        }

        reading.Abandoned.Cancel();
    }

    /// <summary>The readings of one thing.</summary>
    private sealed class Line
    {
        public int UnderWay { get; set; }

        /// <summary>Null while nobody waits.</summary>
        public Reading? Next { get; set; }

        /// <returns>The one that is to begin now; null where nobody waits for one any more.</returns>
        public Reading? TakeNext()
        {
            var next = Next;
            Next = null;
            if (next is null || !next.Begin())
                return null;

            UnderWay++;
            return next;
        }
    }

    private sealed class Reading
    {
        private readonly ITimer _impatience;

        public Reading(TimeProvider clock, Action<Reading> beginAnyway, TimeSpan patience) =>
            _impatience = clock.CreateTimer(_ => beginAnyway(this), null, patience, Timeout.InfiniteTimeSpan);

        /// <summary>From then on its answer may be older than a question.</summary>
        public bool HasBegun { get; private set; }

        /// <summary>How many wait for it.</summary>
        public int Readers { get; set; }

        public TaskCompletionSource<TValue> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Not disposed: it holds nothing.</summary>
        public CancellationTokenSource Abandoned { get; } = new();

        /// <returns>False where all have left already.</returns>
        public bool Begin()
        {
            _impatience.Dispose();
            return HasBegun = Readers > 0;
        }
    }
}
