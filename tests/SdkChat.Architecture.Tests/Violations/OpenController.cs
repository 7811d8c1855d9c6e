using Microsoft.AspNetCore.Mvc;
using SdkChat.Application.Chats;

namespace SdkChat.Architecture.Tests.Violations;

internal sealed class OpenController(IChatHistory history) : ControllerBase
{
    [HttpGet]
    public IActionResult Anything() => Ok(history.ToString());
}
