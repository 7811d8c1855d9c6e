using Microsoft.Net.Http.Headers;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>
/// All values that a request sends for one cookie name. A browser sends several when cookies of that name were set for different paths or
/// by a sibling host for the parent domain; the framework keeps one of them.
/// </summary>
internal static class CookieValues
{
    /// <summary>More cookies than a signed-in user can have, but few enough to check each.</summary>
    public const int Most = 8;

    /// <returns>
    /// Each value once, in the order in which they were sent, at most <see cref="Most"/>; empty if there is no such cookie.
    /// </returns>
    public static IReadOnlyList<string> Get(HttpRequest request, string name)
    {
        if (!request.Cookies.TryGetValue(name, out var kept))
            return [];
        if (!MayBeSeveral(request, name) || !CookieHeaderValue.TryParseList([.. request.Headers.Cookie.OfType<string>()], out var all))
            return [kept];

        return [.. all.Where(cookie => cookie.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(cookie => Uri.UnescapeDataString(cookie.Value.ToString())).Distinct(StringComparer.Ordinal).Take(Most)];
    }

    /// <summary>Whether the name occurs twice in the header. Most requests contain it once and need no second parse.</summary>
    private static bool MayBeSeveral(HttpRequest request, string name)
    {
        var found = 0;
        foreach (var header in request.Headers.Cookie)
        {
            for (var rest = header.AsSpan();
                rest.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at;
                rest = rest[(at + name.Length)..])
                found++;
        }

        return found > 1;
    }
}
