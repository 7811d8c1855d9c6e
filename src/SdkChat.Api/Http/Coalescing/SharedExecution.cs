namespace SdkChat.Api.Http.Coalescing;

/// <summary>An execution that several callers of a <see cref="RequestCoalescer{TRequest,TResult}"/> wait for.</summary>
internal sealed class SharedExecution<TResult>
{
    private readonly ITimer _overdue;

    /// <param name="begin">Called if <paramref name="maxWait"/> has passed before the execution has begun.</param>
    public SharedExecution(TimeProvider clock, Action<SharedExecution<TResult>> begin, TimeSpan maxWait) =>
        _overdue = clock.CreateTimer(_ => begin(this), null, maxWait, Timeout.InfiniteTimeSpan);

    /// <summary>Once it has begun, its result may be older than a request, and no caller may join.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The number of callers that wait.</summary>
    public int Callers { get; set; }

    public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Not disposed: it holds no resources.</summary>
    public CancellationTokenSource Abandoned { get; } = new();

    /// <returns>False if all callers have already left.</returns>
    public bool Begin()
    {
        _overdue.Dispose();
        return HasBegun = Callers > 0;
    }
}
