using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>Gives controllers, which are public, access to internal services.</summary>
internal static class ChatWaitExtensions
{
    /// <inheritdoc cref="ChatWaits.AnswerAsync"/>
    public static Task<IActionResult> AnswerOnChangeAsync(
        this HttpContext http, Func<CancellationToken, Task<ChatDetailResult>> read,
        Func<TimeSpan, CancellationToken, Task<bool>>? isDue = null) =>
        http.RequestServices.GetRequiredService<ChatWaits>().AnswerAsync(http, read, isDue, http.RequestAborted);

    /// <inheritdoc cref="ChatVersionTag.Find"/>
    public static ChatVersion? FindKnownChatVersion(this HttpContext http) => ChatVersionTag.Find(http.Request);

    /// <inheritdoc cref="ChatDetailResult.CreateKnown"/>
    public static ChatDetailResult CreateKnownChat(this HttpContext http, ChatId chat, ChatVersion known) =>
        ChatDetailResult.CreateKnown(http.GetTenant().Id, chat, ChatVersionTag.Create(known));

    /// <inheritdoc cref="ChatRenderer.Render{TResponse}"/>
    public static ChatDetailResult RenderChat<TResponse>(this HttpContext http, ChatState chat) =>
        http.RequestServices.GetRequiredService<ChatRenderer>().Render<TResponse>(chat);

    /// <inheritdoc cref="ChatRenderer.RenderUntagged{TResponse}"/>
    public static IActionResult RenderUntaggedChat<TResponse>(this HttpContext http, ChatState chat) =>
        http.RequestServices.GetRequiredService<ChatRenderer>().RenderUntagged<TResponse>(chat);
}
