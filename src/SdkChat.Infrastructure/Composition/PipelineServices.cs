using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SdkChat.Application.Pipelines;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.Infrastructure.Pipelines.Http;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers the pipeline: its options, its adapter, and the worker that follows runs.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddPipelines(this IServiceCollection services)
    {
        services.AddValidatedOptions<PipelineOptions>(PipelineOptions.Section);
        services.AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsValidator>();
        services.AddSingleton(provider => Policy(provider.GetRequiredService<IOptions<PipelineOptions>>().Value));

        services.AddHttpPipeline();
        services.AddMetricSeries<PipelineMetrics>();
        services.AddSingleton<IPipeline>(provider => new SharedPipeline(
            () => new MeasuredPipeline(
                Choose(provider), provider.GetRequiredService<PipelineMetrics>(), provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<IOptions<PipelineOptions>>(),
            provider.GetRequiredService<RunPolicy>(),
            provider.GetRequiredService<TimeProvider>(),
            // Verbs of the operator have services without a host.
            provider.GetService<IHostApplicationLifetime>()?.ApplicationStopped ?? CancellationToken.None));

        services.AddSingleton<IPendingRuns, PendingRuns>();
        services.AddSingleton<RunSignal>();
        services.AddSingleton<IRunSignal>(provider => provider.GetRequiredService<RunSignal>());
        services.AddHostedService<RunWorker>();
        return services;
    }

    private static IPipeline Choose(IServiceProvider provider) =>
        string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<PipelineOptions>>().Value.BaseUrl)
            ? provider.GetRequiredService<ISubstitutePipeline>()
            : provider.GetRequiredService<HttpPipeline>();

    private static RunPolicy Policy(PipelineOptions options) => new(
        TimeSpan.FromSeconds(options.RunTimeoutSeconds), TimeSpan.FromSeconds(options.PollTimeoutSeconds), options.SweepInterval);
}
