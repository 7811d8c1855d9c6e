using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Authentication.Refusals;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Sessions with tokens of a provider. The session cookie has the token that authorizes calls, as after a sign-in by the token form. The
/// renewal cookie has what the next call to the provider needs, encrypted, and is valid on the host that set it only.
/// </summary>
internal sealed partial class ProviderSessions(
    TokenCheck check, SessionCookie cookie, ProviderClient provider, IOptionsMonitor<SignInOptions> options, TimeProvider clock,
    ILogger<ProviderSessions> logger)
{
    private const string Host = "host";
    private const string Issued = "issued";
    private const string Subject = "sub";

    /// <summary>Between the end of a session here and the browser's request that ends it at the provider.</summary>
    private static readonly TimeSpan SignOutTime = TimeSpan.FromMinutes(5);

    public SignInOptions OptionsOf(SignInPage page) => options.Get(page.Scheme);

    /// <summary>Checks the token that is to authorize calls.</summary>
    /// <returns>The refusal, or null.</returns>
    /// <exception cref="UnavailableException">The token cannot be checked now.</exception>
    public async Task<ErrorCode?> CheckAsync(HttpContext http, SignInPage page, ProviderTokens tokens)
    {
        var (refusal, reason) = await check.CheckAsync(http, page.Scheme, TokenOf(page, tokens));
        if (reason is not null)
            TokenRefused(page.Scheme, OptionsOf(page).EffectiveName, reason);
        return refusal;
    }

    /// <summary>Sets the session cookie, after <see cref="CheckAsync"/>.</summary>
    /// <returns>False if the token is too long for a cookie.</returns>
    public bool TrySet(HttpContext http, SignInPage page, ProviderTokens tokens)
    {
        var token = TokenOf(page, tokens);
        if (!cookie.Fits(page.Scheme, token))
            return false;

        cookie.Set(http, page.Scheme, token, http.GetAcceptedUntil());
        return true;
    }

    /// <summary>Stores the tokens for the next call to the provider.</summary>
    /// <param name="before">The ticket that this one replaces; null after a sign-in. The end of the session stays the same.</param>
    public Task StoreAsync(HttpContext http, SignInPage page, ProviderTokens tokens, AuthenticationProperties? before) =>
        http.SignInAsync(page.Renewal, PrincipalOf(page, http.GetSubject()), PropertiesOf(http, tokens, before));

    /// <summary>
    /// Stores the tokens of a refresh that could not be checked, for the next one. The session cookie keeps its token, so its renewal stays
    /// due.
    /// </summary>
    public static Task StoreUncheckedAsync(
        HttpContext http, SignInPage page, ProviderTokens tokens, (string Subject, AuthenticationProperties Properties) ticket)
    {
        tokens.StoreIn(ticket.Properties);
        return http.SignInAsync(page.Renewal, PrincipalOf(page, ticket.Subject), ticket.Properties);
    }

    public static ClaimsPrincipal PrincipalOf(SignInPage page, string? subject) =>
        new(new ClaimsIdentity([new Claim(Subject, subject ?? "")], page.Renewal));

    public AuthenticationProperties PropertiesOf(HttpContext http, ProviderTokens tokens, AuthenticationProperties? before = null)
    {
        var properties = new AuthenticationProperties
        {
            IsPersistent = true, IssuedUtc = before?.IssuedUtc, ExpiresUtc = before?.ExpiresUtc,
        };
        properties.SetString(Host, http.Request.Host.Value);
        properties.SetString(Issued, clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        tokens.StoreIn(properties);
        return properties;
    }

    /// <returns>The subject and the tokens of this browser's sign-in at the provider; null if there are none.</returns>
    public async Task<(string Subject, AuthenticationProperties Properties)?> ReadAsync(HttpContext http, SignInPage page)
    {
        if (!OptionsOf(page).IsConfigured)
            return null;

        var result = await http.AuthenticateAsync(page.Renewal);
        return result.Succeeded && result.Properties.GetString(Host) == http.Request.Host.Value
            ? (result.Principal.FindFirst(Subject)!.Value, result.Properties)
            : null;
    }

    /// <returns>Whether the caller's token is in the last third of its time; null if it cannot be renewed.</returns>
    public async Task<bool?> IsRenewalDueAsync(HttpContext http, SignInPage page)
    {
        if (await ReadAsync(http, page) is not { } ticket || ticket.Subject != http.GetSubject()
            || ProviderTokens.From(ticket.Properties).RefreshToken is null || http.GetAcceptedUntil() is not { } until)
            return null;

        var issued = DateTimeOffset.FromUnixTimeSeconds(long.Parse(ticket.Properties.GetString(Issued)!, CultureInfo.InvariantCulture));
        return clock.GetUtcNow() >= issued + ((until - JwtBearerSetup.ClockSkew - issued) * 2 / 3);
    }

    /// <summary>
    /// Ends the session here. The refresh token is removed and revoked, and the ID token stays for the sign-out at the provider.
    /// </summary>
    /// <returns>Whether there is a session at the provider to end.</returns>
    public async Task<bool> EndAsync(HttpContext http, SignInPage page)
    {
        if (await ReadAsync(http, page) is not { } ticket)
        {
            await ForgetAsync(http, page, null);
            return false;
        }

        cookie.Clear(http, page.Scheme);
        var tokens = ProviderTokens.From(ticket.Properties);
        await RevokeAsync(page, tokens);
        var properties = PropertiesOf(http, tokens with { RefreshToken = null });
        properties.ExpiresUtc = clock.GetUtcNow() + SignOutTime;
        await http.SignInAsync(page.Renewal, PrincipalOf(page, ticket.Subject), properties);
        return true;
    }

    /// <summary>Ends the session here, without a session at the provider to end.</summary>
    /// <param name="tokens">Those that are not used any more, and are revoked; null if there are none.</param>
    public async Task ForgetAsync(HttpContext http, SignInPage page, ProviderTokens? tokens)
    {
        cookie.Clear(http, page.Scheme);
        await ForgetRenewalAsync(http, page, tokens);
    }

    /// <summary>Removes and revokes what could renew this browser's session at the provider.</summary>
    public async Task RemoveRenewalAsync(HttpContext http, SignInPage page) =>
        await ForgetRenewalAsync(http, page, await ReadAsync(http, page) is { } ticket ? ProviderTokens.From(ticket.Properties) : null);

    private async Task ForgetRenewalAsync(HttpContext http, SignInPage page, ProviderTokens? tokens)
    {
        if (!OptionsOf(page).IsConfigured)
            return;

        await http.SignOutAsync(page.Renewal);
        await RevokeAsync(page, tokens);
    }

    private Task RevokeAsync(SignInPage page, ProviderTokens? tokens) =>
        tokens?.RefreshToken is { } refreshToken ? provider.RevokeAsync(page, refreshToken) : Task.CompletedTask;

    private string TokenOf(SignInPage page, ProviderTokens tokens) =>
        (OptionsOf(page).UseIdToken ? tokens.IdToken : tokens.AccessToken) ?? "";

    [LoggerMessage(4032, LogLevel.Warning, "{Scheme} authentication does not accept a token that {Provider} has issued: {Reason}")]
    private partial void TokenRefused(string scheme, string provider, string reason);
}
