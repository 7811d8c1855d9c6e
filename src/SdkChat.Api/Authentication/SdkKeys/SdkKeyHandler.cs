using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.Authentication.SdkKeys;

/// <summary>Accepts <c>X-API-KEY: osk_…</c> or, if that is missing, <c>Authorization: Bearer osk_…</c>.</summary>
internal sealed class SdkKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IApiKeyCache keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string HeaderName = "X-API-KEY";

    private const string KeyStart = "osk_";
    private const int MaxLength = 200;

    /// <summary>The same for all keys: what is known of a caller is in its <see cref="Credential"/>.</summary>
    private static readonly AuthenticateResult Accepted =
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Schemes.SdkKey)), Schemes.SdkKey));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var presented = Presented();
        if (presented is null || presented.Length > MaxLength || !presented.StartsWith(KeyStart, StringComparison.Ordinal))
            return AuthenticateResult.NoResult();

        var key = await keys.FindAsync(presented, Context.RequestAborted);
        if (key is null && Context.GetEndpoint()?.Metadata.GetMetadata<AcceptsInactiveKeysAttribute>() is not null)
            key = await keys.FindInAnyStateAsync(presented, Context.RequestAborted);
        if (key is null)
            return AuthenticateResult.Fail("The key is not good.");

        Context.Features.Set(key);
        Context.Features.Set(new Credential(Scheme.Name, key.Tenant, Subject: null, TenantCode: null, HasRole: true, key.ExpiresAt));
        return Accepted;
    }

    private string? Presented()
    {
        var header = Request.Headers[HeaderName];
        return header.Count switch
        {
            0 => TokenTransport.FromAuthorization(Request.Headers.Authorization),
            1 => header[0],
            _ => null,
        };
    }
}
