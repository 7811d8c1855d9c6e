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
    public static void AddPageLinks<T>(this HttpResponse response, Page<T> page)
    {
        var request = response.HttpContext.Request;
        var links = new[]
        {
            Link(request, page.Links.Next, "next"),
            Link(request, page.Links.Previous, "prev"),
            Link(request, page.Links.First, "first"),
            Link(request, page.Links.Last, "last"),
        };
        response.Headers[HeaderNames.Link] = string.Join(", ", links.OfType<string>());
    }

    private static string? Link(HttpRequest request, string? cursor, string relation)
    {
        if (cursor is null)
            return null;

        var query = new QueryBuilder(
            from parameter in request.Query
            where !IsPlace(parameter.Key)
            from value in parameter.Value
            select KeyValuePair.Create(parameter.Key, value ?? ""))
        {
            { "cursor", cursor },
        };
        return $"<{request.PathBase}{request.Path}{query}>; rel=\"{relation}\"";
    }

    private static bool IsPlace(string parameter) =>
        parameter.Equals("page", StringComparison.OrdinalIgnoreCase) || parameter.Equals("cursor", StringComparison.OrdinalIgnoreCase);
}
