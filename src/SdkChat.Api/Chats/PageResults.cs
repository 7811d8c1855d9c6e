using AutoMapper;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.Chats;

/// <summary>Answers with a page: the items mapped to their wire form, the neighbours as <c>Link</c>.</summary>
internal static class PageResults
{
    public static IActionResult PageOf<TResponse, T>(this ControllerBase controller, Page<T> page, IMapper mapper)
    {
        controller.Response.AddPageLinks(page);
        return controller.Ok(new ApiResponse<PageResponse<TResponse>>(
            new PageResponse<TResponse>(mapper.Map<TResponse[]>(page.Items), page.Total, page.Index, page.Size)));
    }
}
