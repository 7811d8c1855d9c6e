using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using SdkChat.Api.Proxies;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Api.Hosting;

/// <summary>Accepts forwarded headers from the configured proxies only.</summary>
internal static class ProxySetup
{
    public static IServiceCollection AddProxies(this IServiceCollection services)
    {
        services.AddValidatedOptions<ProxyOptions>(ProxyOptions.Section)
            .Validate(
                options => options.Trusted.All(text => TryParse(text, out _)),
                $"{ProxyOptions.Section}:{nameof(ProxyOptions.Trusted)} takes IP addresses and CIDR ranges, such as 10.0.0.0/8.")
            .Validate(
                options => ProxyOptions.IsPathBase(options.PathBase),
                $"{ProxyOptions.Section}:{nameof(ProxyOptions.PathBase)} takes a path without a slash at its end, such as /chat, "
                    + "and none of the service itself, such as /api or /v1.");
        services.AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ProxyOptions>>((headers, proxies) => Trust(headers, proxies.Value));
        return services;
    }

    public static IApplicationBuilder UseProxies(this IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        // Read when the pipeline is built: the options are validated before.
        return app.Use(next =>
        {
            PathString pathBase = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.PathBase;
            return pathBase.HasValue ? context => MoveAsync(context, pathBase, next) : next;
        });
    }

    /// <summary>Some proxies remove the path, and probes call the node itself: a request without it is for the same endpoint.</summary>
    private static Task MoveAsync(HttpContext context, PathString pathBase, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(pathBase, out var rest))
            request.Path = rest.HasValue ? rest : "/";
        request.PathBase = pathBase;
        return next(context);
    }

    private static void Trust(ForwardedHeadersOptions headers, ProxyOptions proxies)
    {
        // The defaults would trust every process on this machine.
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        // A chain of proxies is followed as long as each is trusted.
        headers.ForwardLimit = null;
        foreach (var text in proxies.Trusted)
        {
            if (TryParse(text, out var network))
                headers.KnownIPNetworks.Add(network);
        }

        // Without known proxies the middleware would trust every sender.
        headers.ForwardedHeaders = proxies.Trusted.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
    }

    private static bool TryParse(string text, out System.Net.IPNetwork network)
    {
        if (!IPAddress.TryParse(text, out var address))
            return System.Net.IPNetwork.TryParse(text, out network);

        network = new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
