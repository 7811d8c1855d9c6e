using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;

namespace SdkChat.Api.Chats;

/// <summary>304 for a body that is no longer in memory.</summary>
internal sealed class NotModifiedResult(WeakETag tag) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        tag.SetNotModified(context.HttpContext.Response);
        return Task.CompletedTask;
    }
}
