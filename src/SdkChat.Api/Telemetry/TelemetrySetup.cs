using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.RateLimits;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Nodes;

namespace SdkChat.Api.Telemetry;

/// <summary>
/// Collects metrics of the service, the web server, the database driver and the runtime if they are scraped or exported, and traces if
/// there is a collector. Otherwise nothing is collected.
/// </summary>
internal static class TelemetrySetup
{
    private const string ServiceName = "sdkchat";

    private static readonly string[] Meters =
    [
        TelemetryNames.LiveMeter, TelemetryNames.AuditMeter, TelemetryNames.PipelineMeter, TelemetryNames.StorageMeter,
        RateLimitMetrics.MeterName, ErrorMetrics.MeterName,
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics", "System.Net.Http",
        "Npgsql", "System.Runtime",
    ];

    /// <summary>A list takes less than a millisecond; the default buckets begin at five.</summary>
    private static readonly double[] RequestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<MetricsOptions>(MetricsOptions.Section)
            .Validate(
                options => IPAddress.TryParse(options.Address, out _),
                $"{MetricsOptions.Section}:{nameof(MetricsOptions.Address)} must be an IP address.");
        builder.Services.AddValidatedOptions<TelemetryOptions>(TelemetryOptions.Section)
            .Validate(
                options => TelemetryOptions.IsEndpoint(options.OtlpEndpoint),
                $"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)} must be an http URL.");

        builder.Services.AddHostedService<MetricSeriesStart>();
        var collector = TelemetryOptions.Collector(builder.Configuration);
        var isScraped = IsScraped(builder);
        if (collector is not null || isScraped)
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService(ServiceName, serviceInstanceId: NodeName(builder)))
                .WithMetrics(metrics => Collect(metrics, collector, isScraped));
        }

        if (collector is not null)
            builder.Services.AddOpenTelemetry().WithTracing(traces => Record(traces, collector));
        if (isScraped)
            builder.Services.AddHostedService<MetricsEndpoint>();
    }

    /// <summary>The node's name, as in the backoffice.</summary>
    private static string NodeName(WebApplicationBuilder builder) =>
        builder.Configuration[$"{NodeOptions.Section}:{nameof(NodeOptions.Name)}"] ?? $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>A wrong value is reported by the validation, at the start.</summary>
    private static bool IsScraped(WebApplicationBuilder builder)
    {
        var port = builder.Configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Port)}"];
        return int.TryParse(port, out var number) ? number > 0 : new MetricsOptions().EffectivePort(builder.Environment) > 0;
    }

    private static void Collect(MeterProviderBuilder metrics, Uri? collector, bool isScraped)
    {
        metrics.AddMeter(Meters);
        metrics.AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = RequestSeconds });
        if (collector is not null)
            metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
        if (isScraped)
            metrics.AddPrometheusExporter();
    }

    private static void Record(TracerProviderBuilder traces, Uri collector) => traces
        .AddSource(TelemetryNames.Traces, "Npgsql", "System.Net.Http")
        .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWorthATrace)
        .AddOtlpExporter(otlp => otlp.Endpoint = collector);

    /// <summary>A stream would be a span of half an hour, and a load balancer sends a probe every second.</summary>
    private static bool IsWorthATrace(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/api/v1/sdk-chat/events");
}
