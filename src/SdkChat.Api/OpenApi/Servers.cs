using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using SdkChat.Api.Authentication;
using SdkChat.Api.Proxies;

namespace SdkChat.Api.OpenApi;

/// <summary>The hosts of the service for each kind of caller (contract, section 1).</summary>
internal static class Servers
{
    /// <param name="services">Of the host, which may be served below a path.</param>
    public static OpenApiServer Own(IServiceProvider services)
    {
        var pathBase = services.GetRequiredService<IOptions<ProxyOptions>>().Value.PathBase;
        return new OpenApiServer { Url = pathBase.Length == 0 ? "/" : pathBase, Description = "The host that served this document." };
    }

    public static IList<OpenApiServer> For(string? policy, OpenApiServer own) => policy switch
    {
        Policies.TenantAdmin => [own, Tenants("ones1ght.com", "production"), Tenants("aika.life", "beta")],
        Policies.SuperAdmin => [own, At("admin.aika.life", "The backoffice.")],
        Policies.SdkKey => [own, At("api.ones1ght.com", "Production."), At("api.aika.life", "Beta.")],
        _ => [own],
    };

    private static OpenApiServer Tenants(string suffix, string stage) => new()
    {
        Url = $"https://{{tenant_code}}.{suffix}",
        Description = $"A tenant's own host in {stage}; the token must be that tenant's.",
        Variables = new Dictionary<string, OpenApiServerVariable>
        {
            ["tenant_code"] = new() { Default = "demo", Description = "The tenant's code." },
        },
    };

    private static OpenApiServer At(string host, string description) => new() { Url = $"https://{host}", Description = description };
}
