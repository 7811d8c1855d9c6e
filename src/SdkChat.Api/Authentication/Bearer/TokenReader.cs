using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Api.Http;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>Reads the credential of a token of one scheme, once its signature and its times are verified.</summary>
internal sealed class TokenReader(string scheme, ClaimNames names)
{
    private const string TenantRole = "admin";
    private const string BackofficeRole = "ROLE_ADMIN";
    private const int MaxSubject = 200;

    private readonly IReadOnlyList<string> _roles =
        names.RoleValues.Count > 0 ? names.RoleValues : [scheme == Schemes.Tenant ? TenantRole : BackofficeRole];

    public string Scheme => scheme;

    /// <param name="problem">The claim that is missing; null if none is.</param>
    /// <returns>Null if the token names no subject or no tenant.</returns>
    public Credential? Read(ClaimsPrincipal principal, SecurityToken token, out string? problem)
    {
        TenantId? tenant = null;
        problem = scheme == Schemes.Tenant && (tenant = TenantOf(principal)) is null ? "The token names no tenant." : null;
        // Limits, audit entries and blocks use the subject: without one, all such tokens would count as one user.
        if (SubjectOf(principal) is not { } subject)
            problem ??= "The token names no subject.";
        else if (problem is null)
            return new Credential(
                scheme,
                tenant,
                subject,
                tenant is null ? null : principal.FindFirst(names.TenantCode)?.Value,
                _roles.Any(role => principal.HasClaim(names.Role, role)),
                AcceptedUntil(token.ValidTo),
                PublishedKeys.NameOf(token.SigningKey));

        return null;
    }

    private TenantId? TenantOf(ClaimsPrincipal principal)
    {
        var claims = principal.FindAll(names.TenantId).Take(2).ToArray();
        return claims.Length == 1 && Guid.TryParseExact(claims[0].Value, "D", out var id) ? new TenantId(id) : null;
    }

    /// <summary>
    /// The subject is kept for as long as a stream, and is logged and stored. It is therefore cut to the length of a name, and characters
    /// that a log or a database cannot hold are replaced.
    /// </summary>
    private string? SubjectOf(ClaimsPrincipal principal)
    {
        var subject = principal.FindFirst(names.Subject)?.Value;
        return string.IsNullOrWhiteSpace(subject) ? null : PrintableText.Create(subject, MaxSubject);
    }

    private static DateTimeOffset AcceptedUntil(DateTime expires)
    {
        var instant = new DateTimeOffset(DateTime.SpecifyKind(expires, DateTimeKind.Utc));
        return instant > DateTimeOffset.MaxValue - JwtBearerSetup.ClockSkew ? DateTimeOffset.MaxValue : instant + JwtBearerSetup.ClockSkew;
    }
}
