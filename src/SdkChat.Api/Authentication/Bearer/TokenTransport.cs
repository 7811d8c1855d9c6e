using Microsoft.Extensions.Primitives;
using SdkChat.Api.Http.Origins;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>
/// Finds the token of a request (contract, section 1): in <c>Authorization: Bearer</c> or in a cookie. An Authorization header always
/// decides, valid or not. A browser adds cookies to every request of any page, so with methods other than GET a cookie is used only if the
/// page is of the service's own origin.
/// </summary>
internal static class TokenTransport
{
    private const string Bearer = "Bearer ";

    /// <returns>The tokens to check, one of which must verify: several if there are several cookies of this name.</returns>
    public static IReadOnlyList<string> Find(HttpRequest request, string cookie)
    {
        var authorization = request.Headers.Authorization;
        if (authorization.Count > 0)
            return FromAuthorization(authorization) is { } token ? [token] : [];

        return CookieCounts(request) ? CookieValues.Get(request, cookie) : [];
    }

    public static string? FromAuthorization(StringValues header) => TryFindBearer(header, out var token) ? token.ToString() : null;

    /// <summary>Finds the token in the header without copying it.</summary>
    public static bool TryFindBearer(StringValues header, out ReadOnlyMemory<char> token)
    {
        var isFound = header.Count == 1 && header[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);
        token = isFound ? header[0].AsMemory(Bearer.Length).Trim() : default;
        return isFound;
    }

    private static bool CookieCounts(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || (request.Headers.Origin is { Count: 1 } origin && OwnOrigin.Matches(request, origin[0]));
}
