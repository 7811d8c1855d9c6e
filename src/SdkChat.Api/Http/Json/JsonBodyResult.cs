using Microsoft.AspNetCore.Mvc;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// A rendered body for one caller, with status 200. MVC's own result would choose a format for each response, although all of them are JSON
/// and <see cref="AcceptFilter"/> has checked <c>Accept</c>.
/// </summary>
internal sealed class JsonBodyResult(JsonBody body) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        using (body)
            await context.HttpContext.Response.SendJsonAsync(body.Bytes);
    }
}
