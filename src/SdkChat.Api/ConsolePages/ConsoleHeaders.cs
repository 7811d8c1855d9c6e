namespace SdkChat.Api.ConsolePages;

/// <summary>
/// Sets the security headers of every response below <c>/console</c>, failures included. A page may only run its own scripts and call its
/// own host, and text is never parsed as markup (trusted types).
/// </summary>
internal static class ConsoleHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        + "trusted-types 'none'";

    private const string PermissionsPolicy = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";

        // Files set their own cache lifetime. Session responses and failures must not be stored.
        if (response.StatusCode >= StatusCodes.Status400BadRequest || headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}
