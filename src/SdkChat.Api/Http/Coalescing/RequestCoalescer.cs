using System.Runtime.InteropServices;

namespace SdkChat.Api.Http.Coalescing;

/// <summary>
/// Executes equal requests that arrive at the same time once (docs/decisions/0026). A caller never joins an execution that has begun, since
/// its result may be older than the request: the caller waits for the next one, which begins when the current one ends.
/// </summary>
/// <param name="execute">
/// Executes a request, for one caller or (if the second argument is true) for several. The token is cancelled when the last caller has
/// left.
/// </param>
/// <param name="clock">Measures <see cref="MaxWait"/>.</param>
/// <typeparam name="TRequest">Has value equality over everything that the result depends on, the tenant included.</typeparam>
/// <typeparam name="TResult">Immutable if it is shared.</typeparam>
internal sealed class RequestCoalescer<TRequest, TResult>(
    Func<TRequest, bool, CancellationToken, Task<TResult>> execute, TimeProvider clock)
    where TRequest : notnull
{
    /// <summary>The longest time that an execution, for example one on a broken connection, delays the next one.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<TRequest, Queue> _queues = [];

    /// <summary>The number of different requests in execution.</summary>
    public int Count
    {
        get
        {
            lock (_queues)
                return _queues.Count;
        }
    }

    /// <exception cref="OperationCanceledException">The caller's own token was cancelled. Other callers still get the result.</exception>
    public Task<TResult> ExecuteAsync(TRequest request, CancellationToken cancellationToken)
    {
        Queue queue;
        lock (_queues)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_queues, request, out _);
            if (known is not null)
                return JoinAsync(GetNext(known), cancellationToken);

            known = queue = new Queue(this, request) { Running = 1 };
        }

        return ExecuteAloneAsync(queue, cancellationToken);
    }

    /// <summary>The execution that the caller waits for.</summary>
    private SharedExecution<TResult> GetNext(Queue queue)
    {
        var next = queue.Next ??= new SharedExecution<TResult>(clock, execution => BeginOverdue(queue, execution), MaxWait);
        next.Callers++;
        return next;
    }

    /// <summary>Runs on the caller's own thread, with the caller's own token.</summary>
    private async Task<TResult> ExecuteAloneAsync(Queue queue, CancellationToken cancellationToken)
    {
        try
        {
            return await execute(queue.Request, false, cancellationToken);
        }
        finally
        {
            queue.QueueEnd();
        }
    }

    private async Task ExecuteSharedAsync(Queue queue, SharedExecution<TResult> execution)
    {
        try
        {
            execution.Result.SetResult(await execute(queue.Request, true, execution.Abandoned.Token));
        }
        catch (Exception exception)
        {
            execution.Result.SetException(exception);
        }
        finally
        {
            queue.QueueEnd();
        }
    }

    private void End(Queue queue)
    {
        SharedExecution<TResult>? next;
        lock (_queues)
        {
            queue.Running--;
            next = queue.TakeNext();
            if (queue is { Running: 0, Next: null })
                _queues.Remove(queue.Request);
        }

        if (next is not null)
            _ = ExecuteSharedAsync(queue, next);
    }

    /// <summary>Begins while the execution that takes too long is still running.</summary>
    private void BeginOverdue(Queue queue, SharedExecution<TResult> execution)
    {
        lock (_queues)
        {
            if (!ReferenceEquals(queue.Next, execution) || queue.TakeNext() is null)
                return;
        }

        _ = ExecuteSharedAsync(queue, execution);
    }

    private async Task<TResult> JoinAsync(SharedExecution<TResult> execution, CancellationToken cancellationToken)
    {
        try
        {
            return await execution.Result.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Leave(execution);
            throw;
        }
    }

    private void Leave(SharedExecution<TResult> execution)
    {
        lock (_queues)
        {
            if (--execution.Callers > 0 || !execution.HasBegun)
                return;
        }

        execution.Abandoned.Cancel();
    }

    /// <summary>The executions of one request. As a work item it ends one of them.</summary>
    private sealed class Queue(RequestCoalescer<TRequest, TResult> coalescer, TRequest request) : IThreadPoolWorkItem
    {
        public TRequest Request => request;

        public int Running { get; set; }

        /// <summary>Null while no caller waits.</summary>
        public SharedExecution<TResult>? Next { get; set; }

        /// <returns>The execution that must begin now; null if no caller waits for one any more.</returns>
        public SharedExecution<TResult>? TakeNext()
        {
            var next = Next;
            Next = null;
            if (next is null || !next.Begin())
                return null;

            Running++;
            return next;
        }

        /// <summary>
        /// Ends the execution after its responses and all other work in the thread pool's queue: the busier the node, the more callers
        /// share the next one.
        /// </summary>
        public void QueueEnd() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

        void IThreadPoolWorkItem.Execute() => coalescer.End(this);
    }
}
