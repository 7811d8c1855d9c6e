using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>Signs tokens with a development instance's own secrets, as the tenant's and the backoffice's issuers would.</summary>
internal sealed class DevelopmentTokens(DevelopmentKeys keys, JwtSchemeOptions tenantScheme, JwtSchemeOptions backofficeScheme, TimeProvider clock)
{
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    public string ForTenant(Tenant tenant, string role, TimeSpan lifetime) =>
        Sign(Schemes.Tenant, tenantScheme, keys.Tenant, lifetime, new Dictionary<string, object>
        {
            [tenantScheme.Claims.Subject] = $"{tenant.Code}-{role}",
            [tenantScheme.Claims.TenantId] = tenant.Id.ToString(),
            [tenantScheme.Claims.TenantCode] = tenant.Code.Value,
            [tenantScheme.Claims.Role] = role,
        });

    public string ForBackoffice(string role, TimeSpan lifetime) =>
        Sign(Schemes.Backoffice, backofficeScheme, keys.Backoffice, lifetime, new Dictionary<string, object>
        {
            [backofficeScheme.Claims.Subject] = "backoffice",
            [backofficeScheme.Claims.Role] = new[] { role },
        });

    private string Sign(string name, JwtSchemeOptions scheme, string secret, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        claims["jti"] = Guid.CreateVersion7().ToString();
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = scheme.EffectiveIssuer(name),
            Audience = scheme.Audience,
            Claims = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
        });
    }
}
