using System.Globalization;
using System.Runtime.CompilerServices;
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

    /// <summary>The longest cursor, or number.</summary>
    private static readonly int MaxPositionLength = Math.Max(PageCursor.MaxLength, Text(long.MinValue).Length);

    public static void AddPageLinks(this HttpResponse response, PageLinks page) =>
        Add<PageCursor>(response, Cursor, [("next", page.Next), ("prev", page.Previous), ("first", page.First), ("last", page.Last)]);

    /// <summary>Writes the links of a list with numbered pages.</summary>
    public static void AddPageLinks(this HttpResponse response, long total, int page, int size)
    {
        var last = Math.Max(total - 1, 0) / size;
        Add<long>(
            response,
            Page,
            [("next", page < last ? page + 1L : null), ("prev", page > 0 ? Math.Min(page - 1, last) : null), ("first", 0), ("last", last)]);
    }

    private static void Add<T>(HttpResponse response, string place, ReadOnlySpan<(string Relation, T? Position)> pages)
        where T : struct, ISpanFormattable
    {
        var start = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[UsualLength]);
        AppendStart(ref start, response.HttpContext, place);
        var links = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[UsualLength]);
        Span<char> text = stackalloc char[MaxPositionLength];
        foreach (var (relation, position) in pages)
        {
            if (position is not { } known || !known.TryFormat(text, out var length, default, CultureInfo.InvariantCulture))
                continue;
            if (links.Text.Length + Length(start.Text, length, relation) > MaxLength)
                continue;

            links.AppendLiteral(links.Text.Length > 0 ? ", <" : "<");
            links.AppendFormatted(start.Text);
            links.AppendFormatted(text[..length]);
            links.AppendLiteral(">; rel=\"");
            links.AppendLiteral(relation);
            links.AppendLiteral("\"");
        }

        start.Clear();
        response.Headers[HeaderNames.Link] = links.ToStringAndClear();
    }

    private static int Length(ReadOnlySpan<char> start, int position, string relation) =>
        start.Length + position + relation.Length + ", <>; rel=\"\"".Length;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The target of a link without the value of the position parameter, which is the last.</summary>
    private static void AppendStart(ref DefaultInterpolatedStringHandler start, HttpContext context, string place)
    {
        var request = context.Request;
        start.AppendLiteral(request.PathBase.ToUriComponent());
        start.AppendLiteral(request.Path.ToUriComponent());
        start.AppendLiteral("?");
        foreach (var name in QueryParameters.Get(context))
        {
            if (name is Page or Cursor)
                continue;
            foreach (var value in request.Query[name])
            {
                start.AppendLiteral(name);
                start.AppendLiteral("=");
                start.AppendLiteral(UrlEncoder.Default.Encode(value ?? ""));
                start.AppendLiteral("&");
            }
        }

        start.AppendLiteral(place);
        start.AppendLiteral("=");
    }
}
