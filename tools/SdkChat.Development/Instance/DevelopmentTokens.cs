using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SdkChat.Api.Authentication;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Application.Tenants;

namespace SdkChat.Development.Instance;

/// <summary>Signs tokens with a development instance's secrets, as the tenant's and the backoffice's issuers would.</summary>
internal sealed class DevelopmentTokens(JwtSchemeOptions tenantScheme, JwtSchemeOptions backofficeScheme, TimeProvider clock)
{
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    /// <summary>Uses the secrets of the configured schemes, or else the folder's keys.</summary>
    public static DevelopmentTokens Create(WebApplicationBuilder settings, DataFolder folder)
    {
        DevelopmentKeys.Get(folder).AddTo(settings.Configuration);
        return new DevelopmentTokens(
            JwtSchemeOptions.Read(settings.Configuration, Schemes.Tenant),
            JwtSchemeOptions.Read(settings.Configuration, Schemes.Backoffice),
            TimeProvider.System);
    }

    /// <summary>False if a scheme has only published keys, whose private keys are not available here.</summary>
    public bool CanSign => tenantScheme.Secrets.Count > 0 && backofficeScheme.Secrets.Count > 0;

    public string ForTenant(Tenant tenant, string role, TimeSpan lifetime) =>
        Sign(Schemes.Tenant, tenantScheme, lifetime, new Dictionary<string, object>
        {
            [tenantScheme.Claims.Subject] = $"{tenant.Code}-{role}",
            [tenantScheme.Claims.TenantId] = tenant.Id.ToString(),
            [tenantScheme.Claims.TenantCode] = tenant.Code.Value,
            [tenantScheme.Claims.Role] = role,
        });

    public string ForBackoffice(string role, TimeSpan lifetime) =>
        Sign(Schemes.Backoffice, backofficeScheme, lifetime, new Dictionary<string, object>
        {
            [backofficeScheme.Claims.Subject] = "backoffice",
            [backofficeScheme.Claims.Role] = new[] { role },
        });

    private string Sign(string name, JwtSchemeOptions scheme, TimeSpan lifetime, Dictionary<string, object> claims)
    {
        if (scheme.Secrets.Count == 0)
            throw new CommandFailedException($"Authentication:{name} trusts published keys alone: ask its issuer for a token.");

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
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(scheme.Secrets[0])), SecurityAlgorithms.HmacSha256),
        });
    }
}
