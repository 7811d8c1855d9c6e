using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SdkChat.Api.OpenApi;

/// <summary>
/// The content security policy of the page at <c>/docs</c>: it may run the scripts that are served here and its own inline script,
/// identified by its hash, and call this host. The page is small, so it is buffered until the hash is known.
/// </summary>
internal static partial class ReferencePolicy
{
    private const string Rest =
        "style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseReferencePolicy(this IApplicationBuilder app, string page) =>
        app.Use(
            (context, next) =>
                context.Request.Path.Value is { } path && path.TrimEnd('/') == page ? RestrictAsync(context, next) : next(context));

    private static async Task RestrictAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var scripts = InlineScript().Matches(Encoding.UTF8.GetString(held.GetBuffer(), 0, (int)held.Length))
            .Select(script => $" 'sha256-{Hash(script.Groups[1].Value)}'");
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'{string.Concat(scripts)}; {Rest}";
        held.Position = 0;
        await held.CopyToAsync(body, context.RequestAborted);
    }

    private static string Hash(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    [GeneratedRegex(
        "<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineScript();
}
