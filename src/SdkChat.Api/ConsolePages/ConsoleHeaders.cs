namespace SdkChat.Api.ConsolePages;

/// <summary>
/// What a browser is told about everything below <c>/console</c>, failures included. A page may run its own scripts and
/// call its own host, and that is all; text can become markup nowhere (trusted types).
/// </summary>
internal static class ConsoleHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

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

        // Files say how long they are good for; who is signed in, and what went wrong, is nobody's to keep.
        if (response.StatusCode >= StatusCodes.Status400BadRequest || headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}
