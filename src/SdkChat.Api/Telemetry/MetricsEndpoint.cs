using System.Net;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace SdkChat.Api.Telemetry;

/// <summary>
/// A separate web server for Prometheus. If its port is not available, only the metrics are missing, and the service's own port does not
/// expose them.
/// </summary>
internal sealed partial class MetricsEndpoint(
    MeterProvider meters, IOptions<MetricsOptions> options, IHostEnvironment environment, TimeProvider clock,
    ILogger<MetricsEndpoint> logger) : BackgroundService
{
    /// <summary>The interval between attempts: the port may belong to a previous process that is about to end.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var address = new IPEndPoint(IPAddress.Parse(options.Value.Address), options.Value.EffectivePort(environment));
        var isTold = false;
        while (true)
        {
            await using var server = Build(address);
            try
            {
                await server.StartAsync(stoppingToken);
                Serving(address);
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!isTold)
                    CannotServe(address, exception.Message);
                isTold = true;
            }

            await Task.Delay(Again, clock, stoppingToken);
        }
    }

    private WebApplication Build(IPEndPoint address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(address);
        });
        var app = builder.Build();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            meters, predicate: null, path: "/metrics", configureBranchedPipeline: null, optionsName: null);
        return app;
    }

    [LoggerMessage(1004, LogLevel.Information, "Metrics are at http://{Address}/metrics")]
    private partial void Serving(IPEndPoint address);

    [LoggerMessage(1005, LogLevel.Warning, "Metrics cannot be served at {Address}: {Reason} The service runs without, and tries again")]
    private partial void CannotServe(IPEndPoint address, string reason);
}
