using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// The cookie with a user's token: not readable by scripts, not sent from other sites, and expiring with the token. Only Development sends
/// it over plain HTTP.
/// </summary>
internal sealed class SessionCookie(IOptionsMonitor<JwtSchemeOptions> schemes, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>Browsers drop a larger cookie silently (RFC 6265bis: name and value).</summary>
    private const int MaxBytes = 4096;

    public string NameOf(string scheme) => schemes.Get(scheme).CookieName;

    public bool Fits(string scheme, string token) => NameOf(scheme).Length + token.Length <= MaxBytes;

    /// <param name="acceptedUntil">When the token is refused; null for never, which makes it a cookie for the browser's session.</param>
    public void Set(HttpContext context, string scheme, string token, DateTimeOffset? acceptedUntil)
    {
        var cookie = OptionsFor(context, NameOf(scheme), environment, acceptedUntil - clock.GetUtcNow());
        context.Response.Cookies.Append(NameOf(scheme), token, cookie);
    }

    public void Clear(HttpContext context, string scheme)
    {
        var cookie = OptionsFor(context, NameOf(scheme), environment, maxAge: null);
        var path = cookie.Path;
        // One from before the service had its path: it would be the user's next credential. It comes first, since deleting a cookie takes
        // back what was written of cookies with that name whose path begins so.
        foreach (var each in new[] { "/", path }.Distinct())
        {
            cookie.Path = each;
            context.Response.Cookies.Delete(NameOf(scheme), cookie);
        }
    }

    /// <param name="maxAge">Null for a cookie of the browser's session.</param>
    public static CookieOptions OptionsFor(HttpContext context, string name, IHostEnvironment environment, TimeSpan? maxAge) => new()
    {
        MaxAge = maxAge,
        // Browsers refuse a cookie with this prefix below a path.
        Path = context.Request.PathBase.HasValue && !name.StartsWith("__Host-", StringComparison.Ordinal) ? context.Request.PathBase : "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = !environment.IsDevelopment() || context.Request.IsHttps,
        IsEssential = true,
    };
}
