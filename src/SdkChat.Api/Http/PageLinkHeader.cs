using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.Http;

/// <summary>
/// Writes the <c>Link</c> header of a list: relative references (RFC 8288) that keep the request's filters and size and put
/// a cursor in the place of <c>page</c>.
/// </summary>
internal static class PageLinkHeader
{
    public static void AddPageLinks(this HttpResponse response, PageLinks page)
    {
        var request = response.HttpContext.Request;
        var links = new[]
        {
            Link(request, page.Next, "next"),
            Link(request, page.Previous, "prev"),
            Link(request, page.First, "first"),
            Link(request, page.Last, "last"),
        };
        response.Headers[HeaderNames.Link] = string.Join(", ", links.OfType<string>());
    }

    /// <summary>The same for a list that is walked by number.</summary>
    public static void AddPageLinks(this HttpResponse response, long total, int page, int size)
    {
        var request = response.HttpContext.Request;
        var last = Math.Max(total - 1, 0) / size;
        string? Numbered(long number, string relation, bool exists = true) =>
            exists ? Link(request, "page", number.ToString(CultureInfo.InvariantCulture), relation) : null;
        var links = new[]
        {
            Numbered(page + 1L, "next", page < last), Numbered(Math.Min(page - 1, last), "prev", page > 0), Numbered(0, "first"), Numbered(last, "last"),
        };
        response.Headers[HeaderNames.Link] = string.Join(", ", links.OfType<string>());
    }

    private static string? Link(HttpRequest request, string? cursor, string relation) =>
        cursor is null ? null : Link(request, "cursor", cursor, relation);

    private static string Link(HttpRequest request, string place, string at, string relation)
    {
        var query = new QueryBuilder(
            from parameter in request.Query
            where !IsPlace(parameter.Key)
            from value in parameter.Value
            select KeyValuePair.Create(parameter.Key, value ?? ""))
        {
            { place, at },
        };
        return $"<{request.PathBase}{request.Path}{query}>; rel=\"{relation}\"";
    }

    private static bool IsPlace(string parameter) =>
        parameter.Equals("page", StringComparison.OrdinalIgnoreCase) || parameter.Equals("cursor", StringComparison.OrdinalIgnoreCase);
}
