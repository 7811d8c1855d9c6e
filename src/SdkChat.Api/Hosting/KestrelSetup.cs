using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Live;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Hosting;

/// <summary>The limits of the web server. Its own refusals have an empty body.</summary>
internal static class KestrelSetup
{
    public static void ConfigureServer(this WebApplicationBuilder builder)
    {
        // Kestrel uses the last registered factory that can bind an address.
        builder.Services.AddSingleton<IConnectionListenerFactory, DetachableTransport>();
        builder.Services.AddSingleton(_ => FileLimit.OfThisProcess());
        builder.Services.AddSingleton<FileBudget>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FileBudget>());
        builder.Services.AddMetricSeries<ConnectionMetrics>();
        builder.Services.AddSingleton(
            provider => provider.GetRequiredService<FileBudget>().CreateRegistry(provider.GetRequiredService<ConnectionMetrics>()));
        builder.Services.AddSingleton<AcceptPause>();
        builder.Services.AddSingleton<DetachedStreams>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DetachedStreams>());
        builder.Services.AddHostedService<WithdrawnKeyMonitor>();
        builder.Services.AddValidatedOptions<ServerOptions>(ServerOptions.Section);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServerOptions>, FileBudget>((server, options, budget) =>
        {
            server.AddServerHeader = false;
            Limit(server.Limits, options.Value);
            server.Limits.MaxConcurrentConnections = Math.Min(options.Value.MaxConnections, budget.Connections);
        });
    }

    /// <summary>The first middleware: a connection is idle while it has no request in progress.</summary>
    public static IApplicationBuilder UseConnectionRegistry(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var connection = context.Features.Get<IConnectionDetachFeature>();
        connection?.RequestBegins();
        try
        {
            await next(context);
        }
        finally
        {
            connection?.RequestEnds();
        }
    });

    private static void Limit(KestrelServerLimits limits, ServerOptions options)
    {
        limits.MaxRequestBodySize = BodyLimit.BytesWithFraming;
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyBytesPerSecond, TimeSpan.FromSeconds(5));
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        limits.Http2.MaxStreamsPerConnection = options.MaxRequestsPerConnection;
    }
}
