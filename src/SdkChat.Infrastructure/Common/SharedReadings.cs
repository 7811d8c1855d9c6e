namespace SdkChat.Infrastructure.Common;

/// <summary>
/// Reads a thing once for all who want it at the same time, as every dashboard of a tenant does when an event comes
/// (docs/decisions/0026). Nobody gets an answer that is older than the question: whoever comes while a reading is under way
/// shares the next one, which begins when that one is done. Of one thing there are two at the most, one under way and one to come.
/// </summary>
/// <param name="read">Reads what belongs to a key. Its token is cancelled once nobody waits for the answer any more.</param>
/// <param name="clock">Measures the patience.</param>
/// <typeparam name="TKey">All that the answer depends on, the tenant before all.</typeparam>
/// <typeparam name="TValue">Goes to several callers: nobody may change it.</typeparam>
internal sealed class SharedReadings<TKey, TValue>(Func<TKey, CancellationToken, Task<TValue>> read, TimeProvider clock)
    where TKey : notnull
{
    /// <summary>A reading that hangs, as one on a dead connection does, holds up the next one no longer than this.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<TKey, Reading> _latest = [];

    /// <summary>Of how many things there is a reading under way or to come.</summary>
    public int Count
    {
        get
        {
            lock (_latest)
                return _latest.Count;
        }
    }

    /// <exception cref="OperationCanceledException">By the caller's own token; others still get their answer.</exception>
    public Task<TValue> ReadAsync(TKey key, CancellationToken cancellationToken)
    {
        Reading mine;
        Reading? before;
        lock (_latest)
        {
            before = _latest.GetValueOrDefault(key);
            if (before is { HasBegun: false })
            {
                before.Readers++;
                return JoinAsync(before, cancellationToken);
            }

            _latest[key] = mine = new Reading { HasBegun = before is null };
        }

        // Nobody joins a reading that has begun, so the first is its caller's alone, down to the thread and the token.
        if (before is null)
            return RunAsync(key, mine, cancellationToken);

        _ = RunAfterAsync(before, key, mine);
        return JoinAsync(mine, cancellationToken);
    }

    private async Task RunAfterAsync(Reading before, TKey key, Reading reading)
    {
        await before.Over.Task.WaitAsync(Patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Begin(key, reading))
            await ((Task)RunAsync(key, reading, reading.Abandoned.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<TValue> RunAsync(TKey key, Reading reading, CancellationToken cancellationToken)
    {
        try
        {
            var value = await read(key, cancellationToken);
            End(key, reading);
            reading.Answer.SetResult(value);
            return value;
        }
        catch (Exception exception)
        {
            End(key, reading);
            reading.Answer.SetException(exception);
            throw;
        }
    }

    /// <summary>The next reading is under way before anybody does something with this one's answer: storage need not wait for that.</summary>
    private void End(TKey key, Reading reading)
    {
        lock (_latest)
            Remove(key, reading);
        reading.Over.SetResult();
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

    /// <returns>False where all have left already.</returns>
    private bool Begin(TKey key, Reading reading)
    {
        lock (_latest)
        {
            if (reading.Readers == 0)
                Remove(key, reading);
            return reading.HasBegun = reading.Readers > 0;
        }
    }

    private void Leave(Reading reading)
    {
        lock (_latest)
        {
            if (--reading.Readers > 0 || !reading.HasBegun)
                return;
        }

        reading.Abandoned.Cancel();
    }

    private void Remove(TKey key, Reading reading)
    {
        if (_latest.TryGetValue(key, out var latest) && ReferenceEquals(latest, reading))
            _latest.Remove(key);
    }

    private sealed class Reading
    {
        /// <summary>From then on its answer may be older than a question.</summary>
        public bool HasBegun { get; set; }

        /// <summary>How many wait for it.</summary>
        public int Readers { get; set; } = 1;

        /// <summary>Who waits for this goes on where it is set.</summary>
        public TaskCompletionSource Over { get; } = new();

        public TaskCompletionSource<TValue> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Not disposed: it holds nothing.</summary>
        public CancellationTokenSource Abandoned { get; } = new();
    }
}
