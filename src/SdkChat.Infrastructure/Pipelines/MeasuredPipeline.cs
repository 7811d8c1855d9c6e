using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Measures every call of the inner pipeline.</summary>
internal sealed class MeasuredPipeline(IPipeline pipeline, PipelineMetrics metrics, TimeProvider clock) : IPipeline
{
    public Task<RunReport> StartAsync(RunRequest request, CancellationToken cancellationToken) =>
        TimeAsync("start", pipeline.StartAsync(request, cancellationToken));

    public Task<RunReport> AskAsync(RunTicket ticket, CancellationToken cancellationToken) =>
        TimeAsync("ask", pipeline.AskAsync(ticket, cancellationToken));

    private async Task<RunReport> TimeAsync(string name, Task<RunReport> call)
    {
        var started = clock.GetTimestamp();
        var outcome = PipelineMetrics.GivenUp;
        try
        {
            var report = await call;
            outcome = PipelineMetrics.NameOf(report);
            return report;
        }
        finally
        {
            metrics.Called(name, clock.GetElapsedTime(started), outcome);
        }
    }
}
