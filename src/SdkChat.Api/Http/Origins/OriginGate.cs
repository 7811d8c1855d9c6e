using Microsoft.Extensions.Options;
using SdkChat.Api.ConsolePages;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Origins;

/// <summary>
/// Refuses calls under <c>/api/</c> that a browser makes for a page which is neither the service's own nor on the
/// allow-list. Tenants are siblings on one site: SameSite cookies travel between them, and this is what parts them.
/// Under <c>/console</c> only the own page may write: nobody is signed in, or out, by another's.
/// </summary>
internal sealed class OriginGate
{
    private readonly RequestDelegate _next;
    private readonly HashSet<string> _allowed;

    public OriginGate(RequestDelegate next, IOptions<CorsSettings> settings)
    {
        _next = next;
        _allowed = new HashSet<string>(settings.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);
    }

    public Task InvokeAsync(HttpContext context) =>
        Admits(context.Request) ? _next(context) : context.WriteErrorAsync(ErrorCode.OriginNotAllowed);

    private bool Admits(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") ? AdmitsCall(request)
        : !request.Path.StartsWithSegments(ConsolePaths.Tenant) || AdmitsToConsole(request);

    private static bool AdmitsToConsole(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        || (request.Headers.Origin is { Count: 1 } origin && OwnOrigin.Matches(request, origin[0]));

    private bool AdmitsCall(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
            return origin.Count == 1 && origin[0] is { } only && (_allowed.Contains(only) || OwnOrigin.Matches(request, only));

        var site = request.Headers["Sec-Fetch-Site"];
        for (var i = 0; i < site.Count; i++)
        {
            if (site[i] is { } value && (Is(value, "same-site") || Is(value, "cross-site")))
                return false;
        }

        return true;
    }

    private static bool Is(string value, string site) => value.AsSpan().Trim().Equals(site, StringComparison.OrdinalIgnoreCase);
}
