using Microsoft.Net.Http.Headers;
using SdkChat.Api.ConsolePages;
using SdkChat.Api.Http.Errors;

namespace SdkChat.Api.Http;

/// <summary>
/// The headers of every response (contract, section 2). They are set when the response starts, so that an error handler that resets the
/// response cannot remove them.
/// </summary>
internal static class ResponseHeaders
{
    private const string ApiVary = "Origin, Authorization, Cookie";
    private const string SdkVary = "Origin, Authorization, X-API-KEY";

    public static Task Stamp(HttpContext context, RequestDelegate next)
    {
        context.TraceIdentifier = RequestId.Get(context.Request);
        context.Response.OnStarting(static state => Leave((HttpContext)state), context);
        return next(context);
    }

    private static Task Leave(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[RequestId.Header] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";

        var path = context.Request.Path;
        if (path.StartsWithSegments("/api"))
            KeepPrivate(context.Response, ApiVary);
        else if (path.StartsWithSegments("/v1"))
            KeepPrivate(context.Response, SdkVary);
        else if (path.StartsWithSegments(ConsolePaths.Tenant))
            ConsoleHeaders.Set(context.Response);
        else
            Harden(headers);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Responses that are not pages, and set no policy of their own, get one that allows nothing: opened in a browser, they load, run and
    /// frame nothing. The proxy that ends TLS should set Strict-Transport-Security.
    /// </summary>
    private static void Harden(IHeaderDictionary headers)
    {
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
    }

    private static void KeepPrivate(HttpResponse response, string vary)
    {
        // A stream sets a stricter rule of its own; the one that an error handler sets on failures is replaced.
        if (response.StatusCode >= StatusCodes.Status400BadRequest || !response.Headers.ContainsKey(HeaderNames.CacheControl))
        {
            response.Headers.CacheControl = "private, no-cache";
            response.Headers.Remove(HeaderNames.Pragma);
            response.Headers.Remove(HeaderNames.Expires);
        }

        response.Headers.Vary = vary;
        Harden(response.Headers);
    }
}
