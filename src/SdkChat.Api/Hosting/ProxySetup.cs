using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
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
                $"{ProxyOptions.Section}:{nameof(ProxyOptions.Trusted)} takes IP addresses and CIDR ranges, such as 10.0.0.0/8.");
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxies) => Trust(headers, proxies.Value));
        return services;
    }

    public static IApplicationBuilder UseProxies(this IApplicationBuilder app) => app.UseForwardedHeaders();

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
