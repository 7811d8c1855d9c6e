using SdkChat.Api.Http;

namespace SdkChat.Api.Hosting;

/// <summary>The web server's limits. Whatever it refuses by itself has an empty body.</summary>
internal static class KestrelSetup
{
    public static void ConfigureServer(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyLimit.BytesWithFraming;
            server.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
}
