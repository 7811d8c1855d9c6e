using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Api.Chats;

/// <summary>
/// A rendered page of chats, for one caller or for several. The <c>Link</c> header is created for each caller: it contains the parameters
/// of the caller's own request.
/// </summary>
public sealed class ChatPageResult : IActionResult
{
    /// <summary>The size of an item with a prompt of one or two lines.</summary>
    private const int UsualItemBytes = 512;

    private readonly JsonBody _body;
    private readonly PageLinks _links;
    private readonly WeakETag? _tag;

    private ChatPageResult(JsonBody body, PageLinks links, bool isTagged) =>
        (_body, _links, _tag) = (body, links, isTagged ? WeakETag.Create(body.Bytes.Span) : null);

    /// <param name="items">The items of the page, as they are written.</param>
    /// <param name="isTagged">Whether the page has an <c>ETag</c>.</param>
    internal static ChatPageResult Create<TItem, TResponse>(
        Page<TItem> page, IReadOnlyList<TResponse> items, JsonSerializerOptions json, bool isTagged, bool isShared)
    {
        var response = new ApiResponse<PageResponse<TResponse>>(new PageResponse<TResponse>(
            items, page.Total, page.Index, page.Size, page.IsTotalLowerBound ? true : null));
        return new ChatPageResult(JsonBody.Render(response, json, UsualItemBytes * (items.Count + 1), isShared), page.Links, isTagged);
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var body = _body;
        var response = context.HttpContext.Response;
        response.AddPageLinks(_links);
        if (_tag?.TrySetNotModified(context.HttpContext) != true)
            await response.SendJsonAsync(body.Bytes);
    }
}
