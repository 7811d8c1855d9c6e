using System.Text.Json;
using AutoMapper;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.Chats;

/// <summary>A page of chats, rendered, for one caller or for several: the neighbours come as <c>Link</c>, which keeps what each caller's own request said.</summary>
public sealed class PageAnswer : IActionResult
{
    /// <summary>With a prompt of a line or two.</summary>
    private const int UsualItemBytes = 512;

    private readonly JsonBody _body;
    private readonly PageLinks _links;

    private PageAnswer(JsonBody body, PageLinks links) => (_body, _links) = (body, links);

    /// <typeparam name="TResponse">What an item is mapped to.</typeparam>
    internal static PageAnswer Of<TResponse>(Page<ChatListItem> page, IMapper mapper, JsonSerializerOptions json, bool isShared)
    {
        var response = new PageResponse<TResponse>(mapper.Map<TResponse[]>(page.Items), page.Total, page.Index, page.Size);
        var expected = UsualItemBytes * (page.Items.Count + 1);
        return new PageAnswer(JsonBody.Render(new ApiResponse<PageResponse<TResponse>>(response), json, expected, isShared), page.Links);
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var body = _body;
        var response = context.HttpContext.Response;
        response.AddPageLinks(_links);
        await response.SendJsonAsync(body.Bytes);
    }
}
