using Microsoft.Extensions.Options;
using SdkChat.Api.ConsolePages;
using SdkChat.Api.ConsolePages.Session;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Origins;

/// <summary>
/// Refuses calls under <c>/api/</c> from pages that are neither of the service's own origin nor on the allow-list. Tenants are hosts of one
/// site, so SameSite does not keep cookies from being sent between them. Under <c>/console</c> only pages of the own origin may write, so
/// that no other page can sign a user in or out. GETs there that have effects are checked by <see cref="OwnPageFilter"/>.
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
        IsAllowed(context.Request) ? _next(context) : context.WriteErrorAsync(ErrorCode.OriginNotAllowed);

    private bool IsAllowed(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") ? IsAllowedCall(request)
        : !request.Path.StartsWithSegments(ConsolePaths.Tenant) || IsAllowedInConsole(request);

    private static bool IsAllowedInConsole(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        || (request.Headers.Origin is { Count: 1 } origin && OwnOrigin.Matches(request, origin[0]));

    private bool IsAllowedCall(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
            return origin.Count == 1 && origin[0] is { } only && (_allowed.Contains(only) || OwnOrigin.Matches(request, only));

        return !FetchSite.IsForeign(request);
    }
}
