using Microsoft.OpenApi;
using SdkChat.Api.Authentication;

namespace SdkChat.Api.OpenApi;

/// <summary>The hosts of the service for each kind of caller (contract, section 1).</summary>
internal static class Servers
{
    public static OpenApiServer Own { get; } = new() { Url = "/", Description = "The host that served this document." };

    public static IList<OpenApiServer> For(string? policy) => policy switch
    {
        Policies.TenantAdmin => [Own, Tenants("ones1ght.com", "production"), Tenants("aika.life", "beta")],
        Policies.SuperAdmin => [Own, At("admin.aika.life", "The backoffice.")],
        Policies.SdkKey => [Own, At("api.ones1ght.com", "Production."), At("api.aika.life", "Beta.")],
        _ => [Own],
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
