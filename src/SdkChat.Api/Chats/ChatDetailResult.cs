using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats;

/// <summary>A rendered chat, for one caller or for several: a detail, or the response to a poll.</summary>
public sealed class ChatDetailResult : IActionResult, IDisposable
{
    /// <summary>Bytes of a typical response without the result. A prompt of 4,000 characters may need as much again.</summary>
    private const int BytesBesideTheResult = 4096;

    private readonly JsonBody _body;

    private ChatDetailResult(JsonBody body, ChatState chat) => (_body, Tag, Tenant, Chat) = (body, WeakETag.Create(body.Bytes.Span), chat.Tenant, chat.Id);

    /// <summary>The tenant of the chat.</summary>
    public TenantId Tenant { get; }

    public ChatId Chat { get; }

    internal WeakETag Tag { get; }

    internal static ChatDetailResult Create<TResponse>(ChatState chat, TResponse response, JsonSerializerOptions json, bool isShared)
    {
        var result = chat.Result ?? PipelineResult.None;
        var length = result.Todos.Utf8.Length + result.RecommendedItems.Utf8.Length + result.NotificationItems.Utf8.Length;
        return new ChatDetailResult(JsonBody.Render(new ApiResponse<TResponse>(response), json, BytesBesideTheResult + length, isShared), chat);
    }

    /// <summary>For a result that is not executed. Executing it disposes of it.</summary>
    public void Dispose() => _body.Dispose();

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var body = _body;
        if (!Tag.TrySetNotModified(context.HttpContext))
            await context.HttpContext.Response.SendJsonAsync(body.Bytes);
    }
}
