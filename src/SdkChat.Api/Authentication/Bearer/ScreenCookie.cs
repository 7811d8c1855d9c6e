using SdkChat.Api.Http.RateLimits;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Screens;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>Reads the credential of a screen from its cookie, for the GETs that a screen may call.</summary>
internal static class ScreenCookie
{
    private const string Name = "sdkchat_screen";

    private const string SignerStart = "screen:";

    /// <summary>No other host of the site can set a cookie with this prefix. It requires TLS, which Development may lack.</summary>
    public static string NameIn(IHostEnvironment environment) => environment.IsDevelopment() ? Name : $"__Host-{Name}";

    /// <summary>Whether the call has a cookie of a screen, and would accept it.</summary>
    public static bool IsPresented(HttpContext http) =>
        IsAccepted(http) && http.Request.Cookies.ContainsKey(NameIn(http.RequestServices.GetRequiredService<IHostEnvironment>()));

    /// <returns>Null if the endpoint is not for screens, or no cookie is that of a signed-in screen.</returns>
    /// <exception cref="UnavailableException">The screen cannot be read.</exception>
    /// <exception cref="SdkChatException">
    /// Too many invalid credentials came from the address, and the screen is not in the cache.
    /// </exception>
    public static async ValueTask<Credential?> FindAsync(HttpContext http)
    {
        if (!IsPresented(http))
            return null;

        var screens = http.RequestServices.GetRequiredService<IScreenCache>();
        var name = NameIn(http.RequestServices.GetRequiredService<IHostEnvironment>());
        var isLimited = http.RequestServices.GetRequiredService<FailedAuthenticationLimiter>().IsAtLimit(http);
        foreach (var value in CookieValues.Get(http.Request, name))
        {
            if (ScreenSecret.Parse(value) is not { } token || await ReadAsync(token) is not { } screen)
                continue;

            VerifiedToken.Set(http, value.AsMemory());
            return CredentialOf(screen);
        }

        return null;

        async ValueTask<SignedInScreen?> ReadAsync(ScreenSecret token)
        {
            if (await screens.FindAsync(token, mayRead: !isLimited, http.RequestAborted) is { } known)
                return known;
            if (!isLimited)
                return null;

            // Over the limit guesses cost few statements, and a screen of the same address that is not in the cache gets in after some
            // attempts.
            if (!http.RequestServices.GetRequiredService<ScreenReadAllowance>().TryAcquire())
                throw new SdkChatException(ErrorCode.RateLimited, "Too many requests.");
            return await screens.FindAsync(token, mayRead: true, http.RequestAborted);
        }
    }

    /// <summary>The screen that signed in a stream; null for a stream of a user.</summary>
    public static Guid? ScreenOf(string? signedBy) =>
        signedBy is not null && signedBy.StartsWith(SignerStart, StringComparison.Ordinal)
        && Guid.TryParseExact(signedBy.AsSpan(SignerStart.Length), "D", out var id)
            ? id
            : null;

    private static bool IsAccepted(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<ScreenReadableAttribute>() is not null;

    /// <summary>The stream ends when its signer is withdrawn (<c>ScreenMonitor</c>); the token itself never expires.</summary>
    private static Credential CredentialOf(SignedInScreen screen)
    {
        var name = $"{SignerStart}{screen.Id}";
        return new Credential(
            Schemes.Tenant, screen.Tenant, Subject: name, TenantCode: null, HasRole: true, AcceptedUntil: null, SignedBy: name,
            AddedBy: screen.CreatedBy);
    }
}
