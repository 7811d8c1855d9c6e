using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Api.Http;
using SdkChat.Api.Live;

namespace SdkChat.Api.Hosting;

/// <summary>The web server's limits. Whatever it refuses by itself has an empty body.</summary>
internal static class KestrelSetup
{
    public static void ConfigureServer(this WebApplicationBuilder builder)
    {
        // The last that can bind an address is asked first.
        builder.Services.AddSingleton<IConnectionListenerFactory, HandoverTransport>();
        builder.Services.AddSingleton<HandedOverStreams>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<HandedOverStreams>());
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServerOptions>>((server, options) =>
        {
            server.AddServerHeader = false;
            Limit(server.Limits, options.Value);
        });
    }

    private static void Limit(KestrelServerLimits limits, ServerOptions options)
    {
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestBodySize = BodyLimit.BytesWithFraming;
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBodyBytesPerSecond, TimeSpan.FromSeconds(5));
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        limits.Http2.MaxStreamsPerConnection = options.MaxRequestsPerConnection;
    }
}
