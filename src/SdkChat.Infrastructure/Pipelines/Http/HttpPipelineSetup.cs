using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace SdkChat.Infrastructure.Pipelines.Http;

/// <summary>Registers the HTTP client: its address, time limits, retries and circuit breaker.</summary>
internal static class HttpPipelineSetup
{
    private const int MaxAnswerBytes = 1024 * 1024;

    public static IServiceCollection AddHttpPipeline(this IServiceCollection services)
    {
        var client = services.AddHttpClient<HttpPipeline>(Configure);
        // Its log messages for every request would hide the service's own.
        client.RemoveAllLoggers();
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // A redirect would send a shopper's profile to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        client.AddStandardResilienceHandler().Configure(Configure);
        return services;
    }

    private static void Configure(IServiceProvider provider, HttpClient http)
    {
        var options = provider.GetRequiredService<IOptions<PipelineOptions>>().Value;
        http.BaseAddress = new Uri(options.BaseUrl!.TrimEnd('/') + "/");
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        http.DefaultRequestHeaders.Add("Accept", "application/json");
    }

    private static void Configure(HttpStandardResilienceOptions resilience, IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<PipelineOptions>>().Value;
        resilience.TotalRequestTimeout.Timeout = options.CallTimeout;
        resilience.AttemptTimeout.Timeout = options.AttemptTimeout;

        // Every call may be repeated, POST included: it is idempotent by run_id.
        resilience.Retry.MaxRetryAttempts = Math.Max(options.Retries, 1);
        resilience.Retry.BackoffType = DelayBackoffType.Exponential;
        resilience.Retry.UseJitter = true;
        resilience.Retry.Delay = TimeSpan.FromMilliseconds(200);
        if (options.Retries == 0)
            resilience.Retry.ShouldHandle = static _ => PredicateResult.False();

        resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(Math.Max(options.AttemptTimeoutSeconds * 2, 10));
        resilience.CircuitBreaker.FailureRatio = 0.5;
        resilience.CircuitBreaker.MinimumThroughput = 20;
        resilience.CircuitBreaker.BreakDuration = TimeSpan.FromSeconds(options.BreakSeconds);
    }
}
