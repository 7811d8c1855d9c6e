using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Telemetry;

/// <summary>Creates all metrics at the start, by resolving them: see <see cref="IMetricSeries"/>.</summary>
internal sealed class MetricSeriesStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetServices<IMetricSeries>().Count();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
