using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Net.Http.Headers;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Api.Http;

/// <summary>
/// Writes the <c>Link</c> header of a list: relative references (RFC 8288) with the request's filters and size and a cursor instead of
/// <c>page</c>. Parameters that the endpoint does not know are omitted: otherwise a request of two kilobytes would get a header of eight,
/// which proxies refuse.
/// </summary>
internal static class PageLinkHeader
{
    /// <summary>The maximum length of the whole header. Links that do not fit are omitted, the least useful relation first.</summary>
    public const int MaxLength = 3000;

    /// <summary>Longer headers are possible, but need a rented buffer.</summary>
    private const int UsualLength = 512;

    private const string Cursor = "cursor";
    private const string Page = "page";

    public static void AddPageLinks(this HttpResponse response, PageLinks page) =>
        Add(
            response,
            Cursor,
            [("next", page.Next?.ToString()), ("prev", page.Previous?.ToString()), ("first", page.First.ToString()), ("last", page.Last?.ToString())]);

    /// <summary>Writes the links of a list with numbered pages.</summary>
    public static void AddPageLinks(this HttpResponse response, long total, int page, int size)
    {
        var last = Math.Max(total - 1, 0) / size;
        Add(
            response,
            Page,
            [
                ("next", page < last ? Text(page + 1L) : null),
                ("prev", page > 0 ? Text(Math.Min(page - 1, last)) : null),
                ("first", Text(0)),
                ("last", Text(last)),
            ]);
    }

    private static void Add(HttpResponse response, string place, ReadOnlySpan<(string Relation, string? Position)> pages)
    {
        var start = Start(response.HttpContext, place);
        var links = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[UsualLength]);
        var length = 0;
        foreach (var (relation, position) in pages)
        {
            if (position is null || length + Length(start, position, relation) > MaxLength)
                continue;

            links.AppendLiteral(length > 0 ? ", <" : "<");
            links.AppendLiteral(start);
            links.AppendLiteral(position);
            links.AppendLiteral(">; rel=\"");
            links.AppendLiteral(relation);
            links.AppendLiteral("\"");
            length += Length(start, position, relation) + (length > 0 ? 2 : 0);
        }

        response.Headers[HeaderNames.Link] = links.ToStringAndClear();
    }

    private static int Length(string start, string position, string relation) => start.Length + position.Length + relation.Length + "<>; rel=\"\"".Length;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The target of a link without the value of the position parameter, which is the last.</summary>
    private static string Start(HttpContext context, string place)
    {
        var request = context.Request;
        var start = new StringBuilder(128).Append(request.PathBase).Append(request.Path).Append('?');
        foreach (var name in QueryParameters.Get(context))
        {
            if (name is Page or Cursor)
                continue;
            foreach (var value in request.Query[name])
                start.Append(name).Append('=').Append(UrlEncoder.Default.Encode(value ?? "")).Append('&');
        }

        return start.Append(place).Append('=').ToString();
    }
}
