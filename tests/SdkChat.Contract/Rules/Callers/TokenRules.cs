using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Buffers.Text;
using System.Text;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Callers;

/// <summary>Section 1: which tokens are good.</summary>
internal static class TokenRules
{
    [Rule("1.expired-token", "An expired token is 401.", Needs.ExpiredToken)]
    public static Task Expired(Service service) => RefusesAsync(service, service.Means.ExpiredTenant!);

    [Rule("1.other-issuer", "A token of another issuer, for another audience, or signed with another key is 401.", Needs.TenantSecret)]
    public static async Task OtherIssuer(Service service)
    {
        var forge = service.Means.TenantForge!;
        await RefusesAsync(service, forge.With(claims => claims["iss"] = "https://issuer.example"));
        await RefusesAsync(service, forge.With(claims => claims["aud"] = "somebody-else"));
        await RefusesAsync(service, forge.With(claims => claims.Remove("iss")));
        await RefusesAsync(service, forge.With(claims => claims.Remove("aud")));
        await RefusesAsync(service, forge.SignedWith("another-secret-of-forty-bytes-and-more-0123456789"));
    }

    [Rule("1.unsigned-token", "Algorithm none, a missing signature and a changed payload are refused.", Needs.Tenant)]
    public static async Task Unsigned(Service service)
    {
        var forge = new Forge(service.Tenant, null);
        foreach (var algorithm in new[] { "none", "None", "NONE", "nOnE" })
        {
            var header = Forge.Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""");
            await RefusesAsync(service, forge.Of(header, forge.Payload, ""));
            await RefusesAsync(service, forge.Of(header, forge.Payload, forge.Signature));
        }

        await RefusesAsync(service, forge.Of(forge.Header, forge.Payload, ""));
        await RefusesAsync(service, forge.Of($"{forge.Header}.{forge.Payload}"));
        var claims = forge.Claims;
        claims["exp"] = Forge.InSeconds(24 * 3600 * 365);
        await RefusesAsync(service, forge.Of(forge.Header, Forge.Encode(claims.ToJsonString()), forge.Signature));
    }

    [Rule("1.embedded-key", "A token that brings its own key is refused.", Needs.Tenant)]
    public static async Task EmbeddedKey(Service service)
    {
        using var key = RSA.Create(2048);
        var parameters = key.ExportParameters(false);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        };
        var header = Forge.Encode(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["jwk"] = jwk }.ToJsonString());
        var forge = new Forge(service.Tenant, null);
        var signature = key.SignData(
            Encoding.ASCII.GetBytes($"{header}.{forge.Payload}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        await RefusesAsync(service, forge.Of(header, forge.Payload, Base64Url.EncodeToString(signature)));
    }

    [Rule("1.jwe", "An encrypted token, whatever is inside, is refused.", Needs.Tenant)]
    public static Task Jwe(Service service)
    {
        var forge = new Forge(service.Tenant, null);
        return RefusesAsync(
            service,
            forge.Of(
                $"{Forge.Encode("""{"alg":"dir","enc":"A128CBC-HS256","cty":"JWT"}""")}..AAAAAAAAAAAAAAAAAAAAAA.{forge.Payload}.AAAAAAAAAAAAAAAAAAAAAA"));
    }

    [Rule("1.exp-required", "A token without exp is 401.", Needs.TenantSecret)]
    public static Task ExpRequired(Service service) =>
        RefusesAsync(service, service.Means.TenantForge!.With(claims => claims.Remove("exp")));

    [Rule("1.clock-skew", "A token is good until 30 s after its exp, and no longer.", Needs.TenantSecret)]
    public static async Task ClockSkew(Service service)
    {
        var forge = service.Means.TenantForge!;
        (await service.GetAsync(Paths.List, forge.With(claims => claims["exp"] = Forge.InSeconds(-10)))).Data();
        await RefusesAsync(service, forge.With(claims => claims["exp"] = Forge.InSeconds(-36)));
    }

    [Rule("1.tenant-claim", "A token without tenant_id, or with one that is no uuid, is 401.", Needs.TenantSecret)]
    public static async Task TenantClaim(Service service)
    {
        await RefusesAsync(service, service.Means.TenantForge!.With(claims => claims.Remove("tenant_id")));
        await RefusesAsync(service, service.Means.TenantForge!.With(claims => claims["tenant_id"] = "demo"));
    }

    [Rule("1.roles-claim", "The backoffice's roles may be an array or a string.", Needs.AdminSecret)]
    public static async Task RolesClaim(Service service)
    {
        var forge = service.Means.AdminForge!;
        (await service.GetAsync(Paths.AdminList, forge.With(claims => claims["roles"] = "ROLE_ADMIN"))).Data();
        (await service.GetAsync(Paths.AdminList, forge.With(claims => claims["roles"] = new JsonArray("ROLE_SUPPORT", "ROLE_ADMIN"))))
            .Data();
        (await service.GetAsync(Paths.AdminList, forge.With(claims => claims["roles"] = "ROLE_ADMINISTRATOR")))
            .ShouldFail(403, "FORBIDDEN");
        (await service.GetAsync(Paths.AdminList, forge.With(claims => claims.Remove("roles")))).ShouldFail(403, "FORBIDDEN");
    }

    [Rule("1.revoked-key", "A revoked key is 401, everywhere but at /v1/validation (section 8.6).", Needs.RevokedKey)]
    public static async Task RevokedKey(Service service) =>
        await EndpointRules.RefusesAsync(
            service, Paths.OfActiveKeys, service.Means.RevokedKey ?? (await service.Farewell.KeyAsync()).Key, 401, "UNAUTHENTICATED");

    private static Task RefusesAsync(Service service, Credential credential) =>
        EndpointRules.RefusesAsync(service, [Paths.List, Paths.Stream], credential, 401, "UNAUTHENTICATED");
}
