using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// The cookies of sign-ins that a browser has begun and not finished. Each sign-in adds two; without a limit they would exceed what a
/// server accepts in the headers of one request.
/// </summary>
internal static class BegunSignIns
{
    /// <summary>Of tabs that sign in at the same time.</summary>
    private const int Kept = 3;

    public static void RemoveOldest(HttpContext context, OpenIdConnectOptions options)
    {
        RemoveOldest(context, options.CorrelationCookie);
        RemoveOldest(context, options.NonceCookie);
    }

    /// <summary>Browsers send the oldest first (RFC 6265, section 5.4).</summary>
    private static void RemoveOldest(HttpContext context, CookieBuilder cookie)
    {
        var begun = context.Request.Cookies.Keys.Where(name => name.StartsWith(cookie.Name!, StringComparison.Ordinal)).ToArray();
        foreach (var name in begun.SkipLast(Kept))
            context.Response.Cookies.Delete(name, cookie.Build(context));
    }
}
