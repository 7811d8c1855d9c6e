using System.Buffers;
using System.Text.Json;
using AutoMapper;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.Chats;

/// <summary>A page of chats, rendered, for any number of callers: the neighbours come as <c>Link</c>, which keeps what each caller's own request said.</summary>
public sealed class PageAnswer : IActionResult
{
    /// <summary>With a prompt of a line or two.</summary>
    private const int UsualItemBytes = 512;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly PageLinks _links;

    private PageAnswer(ReadOnlyMemory<byte> body, PageLinks links) => (_body, _links) = (body, links);

    /// <typeparam name="TResponse">What an item is mapped to.</typeparam>
    internal static PageAnswer Of<TResponse>(Page<ChatListItem> page, IMapper mapper, JsonSerializerOptions json)
    {
        var body = new ArrayBufferWriter<byte>(UsualItemBytes * (page.Items.Count + 1));
        JsonAnswer.Write(body, new ApiResponse<PageResponse<TResponse>>(
            new PageResponse<TResponse>(mapper.Map<TResponse[]>(page.Items), page.Total, page.Index, page.Size)), json);
        return new PageAnswer(body.WrittenMemory, page.Links);
    }

    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.AddPageLinks(_links);
        return response.SendJsonAsync(_body);
    }
}
