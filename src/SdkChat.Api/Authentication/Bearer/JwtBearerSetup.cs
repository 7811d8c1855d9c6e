using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using SdkChat.Api.Authentication.Keys;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>Configures the JWT handler of each scheme according to the contract.</summary>
internal sealed class JwtBearerSetup(IServiceProvider services, IOptionsMonitor<JwtSchemeOptions> schemes, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public void Configure(JwtBearerOptions options) => throw new NotSupportedException("Every scheme has a name.");

    public void Configure(string? name, JwtBearerOptions options)
    {
        var scheme = schemes.Get(name);
        var keys = services.GetRequiredKeyedService<SigningKeys>(name);

        options.MapInboundClaims = false;
        options.IncludeErrorDetails = false;
        options.SaveToken = false;
        options.TimeProvider = clock;
        options.Events = new TokenEvents(
            new TokenReader(name!, scheme.Claims), scheme.CookieName, keys, services.GetRequiredKeyedService<ValidatedTokenCache>(name));
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = scheme.EffectiveIssuer(name!),
            ValidAudience = scheme.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            NameClaimType = scheme.Claims.Subject,
            RoleClaimType = scheme.Claims.Role,
            ClockSkew = ClockSkew,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Candidates(keyId),
            AlgorithmValidator = (algorithm, key, _, _) => PinnedAlgorithms.Allow(key, algorithm),
        };
    }

    /// <summary>
    /// Like the library's own check, but with the service's clock. A token is refused from <c>exp</c> plus the clock skew.
    /// </summary>
    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires > now - ClockSkew && (notBefore is null || notBefore <= now + ClockSkew);
    }
}
