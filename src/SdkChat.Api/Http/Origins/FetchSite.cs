namespace SdkChat.Api.Http.Origins;

/// <summary>
/// What a browser says in <c>Sec-Fetch-Site</c> of the page that causes a request. Older browsers and plain HTTP say nothing.
/// </summary>
internal static class FetchSite
{
    /// <summary>
    /// Whether the page belongs to another host. An address that the user typed or opened from a bookmark belongs to none.
    /// </summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        for (var i = 0; i < site.Count; i++)
        {
            if (site[i] is { } value && (Is(value, "same-site") || Is(value, "cross-site")))
                return true;
        }

        return false;
    }

    private static bool Is(string value, string site) => value.AsSpan().Trim().Equals(site, StringComparison.OrdinalIgnoreCase);
}
