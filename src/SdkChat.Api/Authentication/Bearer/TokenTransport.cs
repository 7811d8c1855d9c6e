using Microsoft.Extensions.Primitives;
using SdkChat.Api.Http.Origins;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>
/// Where a token may travel (contract, section 1): in <c>Authorization: Bearer</c>, or in a cookie, and nowhere else. Any
/// Authorization header decides, good or bad. A cookie comes along with whatever a page asks for, so it counts on
/// methods other than GET only when the page is the service's own.
/// </summary>
internal static class TokenTransport
{
    private const string Bearer = "Bearer ";

    /// <returns>The tokens that count, of which one that verifies is enough: several where there are several cookies of the name.</returns>
    public static IReadOnlyList<string> Find(HttpRequest request, string cookie)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count > 0)
            return FromAuthorization(authorization) is { } token ? [token] : [];

        return CookieCounts(request) ? CookieValues.Get(request, cookie) : [];
    }

    public static string? FromAuthorization(StringValues header) =>
        header.Count == 1 && header[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim()
            : null;

    private static bool CookieCounts(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || (request.Headers.Origin is { Count: 1 } origin && OwnOrigin.Matches(request, origin[0]));
}
