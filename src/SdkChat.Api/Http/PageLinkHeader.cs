using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Net.Http.Headers;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.Http;

/// <summary>
/// Writes the <c>Link</c> header of a list: relative references (RFC 8288) that keep the request's filters and size and put
/// a cursor in the place of <c>page</c>.
/// </summary>
internal static class PageLinkHeader
{
    private const string Cursor = "cursor";
    private const string Page = "page";

    public static void AddPageLinks(this HttpResponse response, PageLinks page)
    {
        var start = Start(response.HttpContext.Request, Cursor);
        var links = new StringBuilder(512);
        AddCursor(page.Next, "next");
        AddCursor(page.Previous, "prev");
        AddCursor(page.First, "first");
        AddCursor(page.Last, "last");
        response.Headers[HeaderNames.Link] = links.ToString();

        void AddCursor(string? cursor, string relation)
        {
            if (cursor is not null)
                Add(links, $"{start}{cursor}", relation);
        }
    }

    /// <summary>The same for a list that is walked by number.</summary>
    public static void AddPageLinks(this HttpResponse response, long total, int page, int size)
    {
        var start = Start(response.HttpContext.Request, Page);
        var last = Math.Max(total - 1, 0) / size;
        var links = new StringBuilder(512);
        if (page < last)
            Add(links, $"{start}{page + 1L}", "next");
        if (page > 0)
            Add(links, $"{start}{Math.Min(page - 1, last)}", "prev");
        Add(links, $"{start}0", "first");
        Add(links, $"{start}{last}", "last");
        response.Headers[HeaderNames.Link] = links.ToString();
    }

    private static void Add(StringBuilder links, string target, string relation)
    {
        if (links.Length > 0)
            links.Append(", ");
        links.Append('<').Append(target).Append(">; rel=\"").Append(relation).Append('"');
    }

    /// <summary>All of a link's target but the value of the parameter that says where the page is, which comes last.</summary>
    private static string Start(HttpRequest request, string place)
    {
        var start = new StringBuilder(128).Append(request.PathBase).Append(request.Path).Append('?');
        foreach (var (name, values) in request.Query)
        {
            if (name.Equals(Page, StringComparison.OrdinalIgnoreCase) || name.Equals(Cursor, StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                start.Append(UrlEncoder.Default.Encode(name)).Append('=').Append(UrlEncoder.Default.Encode(value ?? "")).Append('&');
        }

        return start.Append(place).Append('=').ToString();
    }
}
