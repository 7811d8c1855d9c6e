using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Tests.Support;

/// <summary>Actions that fail in every way, for what no real action does on purpose.</summary>
[ApiController]
public sealed class ProbeController : ControllerBase
{
    [HttpGet("v1/probe/key")]
    [Authorize(Policy = Policies.SdkKey)]
    public IActionResult Key() => Ok(new ApiResponse<string>($"{HttpContext.GetTenant().Code} {HttpContext.GetApiKey().Prefix}"));

    [HttpGet("api/probe/token")]
    [Authorize(Policy = Policies.TenantAdmin)]
    public IActionResult Token() => Ok(new ApiResponse<DateTimeOffset?>(HttpContext.GetAcceptedUntil()));

    [HttpPost("api/probe/token")]
    [Authorize(Policy = Policies.TenantAdmin)]
    public IActionResult Post() => Ok(new ApiResponse<string>("posted"));

    [HttpPost("v1/probe/body")]
    public IActionResult Body(ProbeBody body) => Ok(new ApiResponse<ProbeBody>(body));

    [HttpPost("v1/probe/unread")]
    public IActionResult Unread() => Ok(new ApiResponse<string>("unread"));

#pragma warning disable CA1822 // An action cannot be static.
    [HttpGet("v1/probe/throw/{code}")]
    public IActionResult Throw(string code) => throw new SdkChatException(Enum.Parse<ErrorCode>(code), "As asked.");

    [HttpGet("v1/probe/crash")]
    public IActionResult Crash() => throw new InvalidOperationException("Secret inside: Host=db;Password=hunter2");

    [HttpGet("v1/probe/refused")]
    public IActionResult Refused(bool ended) =>
        throw new ChatTransitionRefusedException(ChatTransition.TriggerBackList, ChatStatus.Completed, ended);
#pragma warning restore CA1822

    [HttpGet("v1/probe/only")]
    [GetOnly]
    public IActionResult Only() => Ok();

    [HttpGet("v1/probe/events")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/event-stream")]
    public IActionResult Events() => Content("data:\n\n", "text/event-stream");

    public sealed record ProbeBody(string? Text, int? Number, DateTimeOffset? At, RawJson? Raw, ChatStatus? Status);
}
