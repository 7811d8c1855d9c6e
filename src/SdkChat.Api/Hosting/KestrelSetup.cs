using Microsoft.AspNetCore.Connections;
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
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyLimit.BytesWithFraming;
            server.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }
}
