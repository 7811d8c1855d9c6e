using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SdkChat.Api.Http;
using SdkChat.Api.Live;

namespace SdkChat.Api.Hosting;

/// <summary>The web server's limits. Whatever it refuses by itself has an empty body.</summary>
internal static class KestrelSetup
{
    public static void ConfigureServer(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<SocketTransportOptions>(transport => transport.MaxWriteBufferSize = StreamOutputs.FlushMeansSent);
        builder.Services.AddSingleton<StreamOutputs>();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyLimit.BytesWithFraming;
            server.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }
}
