using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats;

/// <summary>A rendered detail, for one caller or for several.</summary>
public sealed class ChatDetailResult : IActionResult
{
    /// <summary>The bytes of everything but the result. A prompt of 4,000 characters may need as much again.</summary>
    private const int BytesBesideTheResult = 4096;

    private readonly JsonBody _body;
    private readonly WeakETag _tag;

    private ChatDetailResult(JsonBody body, TenantId tenant) => (_body, _tag, Tenant) = (body, WeakETag.Create(body.Bytes.Span), tenant);

    /// <summary>Whose chat it is.</summary>
    public TenantId Tenant { get; }

    internal static ChatDetailResult Create(ChatState chat, ChatDetailResponse detail, JsonSerializerOptions json, bool isShared)
    {
        var result = detail.Todos.Utf8.Length + detail.RecommendedItems.Utf8.Length + detail.NotificationItems.Utf8.Length;
        var body = JsonBody.Render(new ApiResponse<ChatDetailResponse>(detail), json, BytesBesideTheResult + result, isShared);
        return new ChatDetailResult(body, chat.Tenant);
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var body = _body;
        if (!_tag.TrySetNotModified(context.HttpContext))
            await context.HttpContext.Response.SendJsonAsync(body.Bytes);
    }
}
