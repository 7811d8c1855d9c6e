using System.Diagnostics;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Tracing;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Reads keys one by one while few callers ask, and with one statement those that are asked for in the meantime (docs/decisions/0057). A
/// caller never joins a statement that has begun, since its snapshot may be older than the request.
/// </summary>
/// <param name="readOne">Reads one key, for one caller.</param>
/// <param name="readMany">Reads several keys, and returns their results in this order. No caller can cancel it.</param>
/// <param name="failed">Told of a batch that failed otherwise than by an outage. Its keys are read one by one.</param>
/// <param name="maxKeys">A batch of so many begins at once.</param>
/// <param name="clock">Measures <see cref="MaxWait"/>.</param>
internal sealed class BatchReader<TKey, TResult>(
    Func<TKey, CancellationToken, Task<TResult>> readOne, Func<IReadOnlyList<TKey>, Task<TResult[]>> readMany, Action<Exception> failed,
    int maxKeys, TimeProvider clock) : IThreadPoolWorkItem
{
    /// <summary>How many statements run while a batch waits for their end.</summary>
    public const int MaxRunning = 2;

    /// <summary>The longest time that statements, for example on broken connections, delay a batch.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private int _running;

    /// <summary>Null while no caller waits.</summary>
    private Batch? _next;

    /// <exception cref="OperationCanceledException">
    /// The caller's own token was cancelled. Other callers still get their results.
    /// </exception>
    public Task<TResult> ReadAsync(TKey key, CancellationToken cancellationToken)
    {
        Task<TResult>? result = null;
        lock (_gate)
        {
            if (_running < MaxRunning)
            {
                _running++;
            }
            else
            {
                result = (_next ??= CreateBatch()).Add(key);
                if (_next.Keys.Count == maxKeys)
                    BeginNext();
            }
        }

        return result is null ? ReadOneAsync(key, cancellationToken) : result.WaitAsync(cancellationToken);
    }

    /// <summary>As a work item it ends one statement.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            _running--;
            if (_running < MaxRunning && _next is not null)
                BeginNext();
        }
    }

    private async Task<TResult> ReadOneAsync(TKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await readOne(key, cancellationToken);
        }
        finally
        {
            QueueEnd();
        }
    }

    /// <summary>
    /// Ends a statement behind the responses to its callers and all other work in the thread pool's queue: the busier the node, the more
    /// callers share the next one.
    /// </summary>
    private void QueueEnd() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>The caller has the lock. Not on the caller's thread, and without its context: the batch belongs to several.</summary>
    private void BeginNext()
    {
        _running++;
        _next!.Overdue!.Dispose();
        ThreadPool.UnsafeQueueUserWorkItem(_next, preferLocal: false);
        _next = null;
    }

    private Batch CreateBatch()
    {
        var batch = new Batch(this);
        batch.Overdue = clock.CreateTimer(_ => BeginOverdue(batch), null, MaxWait, Timeout.InfiniteTimeSpan);
        return batch;
    }

    private void BeginOverdue(Batch batch)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_next, batch))
                BeginNext();
        }
    }

    private async Task ReadManyAsync(Batch batch)
    {
        try
        {
            using var trace = ServiceTrace.WorkFor(batch.RecordedCalls, "read together");
            var results = await readMany(batch.Keys);
            for (var n = 0; n < results.Length; n++)
                batch.Callers[n].SetResult(results[n]);
        }
        catch (UnavailableException exception)
        {
            batch.Fail(exception);
        }
        catch (Exception exception)
        {
            failed(exception);
            await ReadEachAsync(batch);
        }
        finally
        {
            QueueEnd();
        }
    }

    /// <summary>What cannot be read for one caller must not fail the others.</summary>
    private async Task ReadEachAsync(Batch batch)
    {
        foreach (var (key, caller) in batch.Keys.Zip(batch.Callers))
        {
            try
            {
                caller.SetResult(await readOne(key, CancellationToken.None));
            }
            catch (UnavailableException exception)
            {
                batch.Fail(exception);
                return;
            }
            catch (Exception exception)
            {
                caller.SetException(exception);
            }
        }
    }

    /// <summary>Keys that are read with one statement, and who waits for each. As a work item it reads them.</summary>
    private sealed class Batch(BatchReader<TKey, TResult> reader) : IThreadPoolWorkItem
    {
        public List<TKey> Keys { get; } = [];

        public List<TaskCompletionSource<TResult>> Callers { get; } = [];

        /// <summary>Of the callers whose calls are recorded.</summary>
        public List<ActivityContext> RecordedCalls { get; } = [];

        public ITimer? Overdue { get; set; }

        public Task<TResult> Add(TKey key)
        {
            var caller = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            Keys.Add(key);
            Callers.Add(caller);
            if (Activity.Current is { Recorded: true } call)
                RecordedCalls.Add(call.Context);
            return caller.Task;
        }

        /// <summary>All callers that have no result yet.</summary>
        public void Fail(UnavailableException outage)
        {
            foreach (var caller in Callers)
                caller.TrySetException(outage);
        }

        void IThreadPoolWorkItem.Execute() => _ = reader.ReadManyAsync(this);
    }
}
