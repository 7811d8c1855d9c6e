using Microsoft.Extensions.DependencyInjection;

namespace SdkChat.Infrastructure.Telemetry;

/// <summary>
/// A set of metrics. It is created when the host starts, not with the first measurement, so that its series are in the first scrape.
/// </summary>
public interface IMetricSeries;

public static class MetricSeriesRegistration
{
    public static IServiceCollection AddMetricSeries<T>(this IServiceCollection services)
        where T : class, IMetricSeries =>
        services.AddSingleton<T>().AddSingleton<IMetricSeries>(provider => provider.GetRequiredService<T>());
}
