using Microsoft.Extensions.Options;
using SdkChat.Api.Authentication;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// The cookie that carries a person's token: out of reach of scripts, never sent along from another site, and gone when the
/// token is. Only Development sends it over plain HTTP.
/// </summary>
internal sealed class SessionCookie(IOptionsMonitor<JwtSchemeOptions> schemes, IHostEnvironment environment, TimeProvider clock)
{
    /// <summary>Browsers drop a larger one without a word (RFC 6265bis: name and value).</summary>
    private const int MaxBytes = 4096;

    public string NameOf(string scheme) => schemes.Get(scheme).CookieName;

    public bool Fits(string scheme, string token) => NameOf(scheme).Length + token.Length <= MaxBytes;

    /// <param name="acceptedUntil">When the token will be refused; null for never, which leaves the cookie to the browser's session.</param>
    public void Set(HttpContext context, string scheme, string token, DateTimeOffset? acceptedUntil)
    {
        var cookie = Options(context);
        cookie.MaxAge = acceptedUntil - clock.GetUtcNow();
        context.Response.Cookies.Append(NameOf(scheme), token, cookie);
    }

    public void Clear(HttpContext context, string scheme) => context.Response.Cookies.Delete(NameOf(scheme), Options(context));

    private CookieOptions Options(HttpContext context) => new()
    {
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = !environment.IsDevelopment() || context.Request.IsHttps,
        IsEssential = true,
    };
}
