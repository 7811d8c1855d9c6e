using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>What the service adds to the JWT handler: where a token comes from, and what a good one says.</summary>
internal sealed class TokenEvents(string scheme, JwtSchemeOptions options, SigningKeys keys, KnownTokens tokens) : JwtBearerEvents
{
    private const string TenantRole = "admin";
    private const string BackofficeRole = "ROLE_ADMIN";
    private const int MaxSubject = 200;

    /// <summary>Nothing asks for claims once the credential is made, and a stream would keep them, and the token that they came from, for half an hour.</summary>
    private readonly ClaimsPrincipal _somebody = new(new ClaimsIdentity(scheme));

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
        var check = new Check(TokenHash.Of(token), keys.Edition);
        if (tokens.Find(check.Token, check.Keys) is { } credential)
        {
            context.HttpContext.Features.Set(credential);
            context.Principal = _somebody;
            context.Success();
            return;
        }

        context.HttpContext.Features.Set(check);
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

        var credential = new Credential(
            scheme,
            tenant,
            SubjectOf(principal),
            tenant is null ? null : principal.FindFirst(options.Claims.TenantCode)?.Value,
            principal.HasClaim(options.Claims.Role, tenant is null ? BackofficeRole : TenantRole),
            AcceptedUntil(context.SecurityToken.ValidTo));
        var features = context.HttpContext.Features;
        var check = features.Get<Check>()!;
        tokens.Remember(check.Token, check.Keys, credential);
        features.Set(credential);
        // A stream's features live as long as it does.
        features.Set<Check>(null);
        context.Principal = _somebody;
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

    /// <summary>A token on its way to be checked, and the keys that there were when it came.</summary>
    private sealed record Check(TokenHash Token, object Keys);
}
