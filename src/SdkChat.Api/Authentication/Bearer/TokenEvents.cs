using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>What the service adds to the JWT handler: where a token comes from, and what a good one says.</summary>
internal sealed class TokenEvents(string scheme, JwtSchemeOptions options, SigningKeys keys) : JwtBearerEvents
{
    private const string TenantRole = "admin";
    private const string BackofficeRole = "ROLE_ADMIN";
    private const int MaxSubject = 200;

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var token = TokenTransport.Find(context.Request, options.CookieName);
        if (token is null)
        {
            context.NoResult();
            return;
        }

        if (!JwtHeader.TryRead(token, out var header))
        {
            context.Fail("The token is not a signed JWT.");
            return;
        }

        await keys.PrepareAsync(header.KeyId, context.HttpContext.RequestAborted);
        context.Token = token;
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var principal = context.Principal!;
        TenantId? tenant = null;
        if (scheme == Schemes.Tenant && (tenant = TenantOf(principal)) is null)
        {
            context.Fail("The token names no tenant.");
            return Task.CompletedTask;
        }

        context.HttpContext.Features.Set(new Credential(
            scheme,
            tenant,
            SubjectOf(principal),
            tenant is null ? null : principal.FindFirst(options.Claims.TenantCode)?.Value,
            principal.HasClaim(options.Claims.Role, tenant is null ? BackofficeRole : TenantRole),
            AcceptedUntil(context.SecurityToken.ValidTo)));
        // Nothing asks for claims any more, and a stream would keep them, and the token that they came from, for half an hour.
        context.Principal = new ClaimsPrincipal(new ClaimsIdentity(scheme));
        return Task.CompletedTask;
    }

    private TenantId? TenantOf(ClaimsPrincipal principal)
    {
        var claims = principal.FindAll(options.Claims.TenantId).Take(2).ToArray();
        return claims.Length == 1 && Guid.TryParseExact(claims[0].Value, "D", out var id) ? new TenantId(id) : null;
    }

    /// <summary>Kept for as long as a stream, and written wherever it is told who did something: no more
    /// than a name's length of it, and nothing that a log or a database could stumble over.</summary>
    private string? SubjectOf(ClaimsPrincipal principal)
    {
        var subject = principal.FindFirst(options.Claims.Subject)?.Value;
        return subject is null ? null : string.Concat(subject.EnumerateRunes().Take(MaxSubject).Select(rune => Rune.IsControl(rune) ? Rune.ReplacementChar : rune));
    }

    private static DateTimeOffset AcceptedUntil(DateTime expires)
    {
        var instant = new DateTimeOffset(DateTime.SpecifyKind(expires, DateTimeKind.Utc));
        return instant > DateTimeOffset.MaxValue - JwtBearerSetup.ClockSkew ? DateTimeOffset.MaxValue : instant + JwtBearerSetup.ClockSkew;
    }
}
