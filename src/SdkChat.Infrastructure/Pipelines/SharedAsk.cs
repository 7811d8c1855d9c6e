using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>One call that asks for the state of a run, and its report, for all callers of <see cref="SharedPipeline"/>.</summary>
/// <param name="began">The timestamp of its begin.</param>
internal sealed class SharedAsk(long began)
{
    /// <summary>The largest result that is kept, in bytes. A larger one is for the callers of this call only.</summary>
    private const int MaxKeptBytes = 64 * 1024;

    private readonly TaskCompletionSource<RunReport> _report = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<RunReport> Report => _report.Task;

    /// <summary>False when the report is older than the interval, or there is no report that may be kept.</summary>
    public bool IsCurrent(TimeSpan interval, TimeProvider clock) =>
        !Report.IsCompleted || (Report.IsCompletedSuccessfully && IsSmall(Report.Result) && clock.GetElapsedTime(began) < interval);

    /// <summary>
    /// Whether it began before an instant that has passed. A report from before the time limit of a run cannot tell whether the run
    /// finished in time.
    /// </summary>
    public bool BeganBefore(DateTimeOffset instant, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now >= instant && now - clock.GetElapsedTime(began) < instant;
    }

    public async Task RunAsync(Func<Task<RunReport>> ask)
    {
        try
        {
            _report.SetResult(await ask());
        }
        catch (OperationCanceledException exception)
        {
            _report.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            _report.SetException(exception);
        }
    }

    private static bool IsSmall(RunReport report) => report is not RunReport.Completed { Result: var result }
        || result.Todos.Utf8.Length + result.RecommendedItems.Utf8.Length + result.NotificationItems.Utf8.Length <= MaxKeptBytes;
}
