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

    /// <summary>Null if the caller has it.</summary>
    private readonly JsonBody? _body;

    private ChatDetailResult(JsonBody? body, WeakETag tag, TenantId tenant, ChatId chat) =>
        (_body, Tag, Tenant, Chat) = (body, tag, tenant, chat);

    /// <summary>The tenant of the chat.</summary>
    public TenantId Tenant { get; }

    public ChatId Chat { get; }

    internal WeakETag Tag { get; }

    /// <summary>The bytes of the body.</summary>
    internal int Length => _body?.Bytes.Length ?? 0;

    /// <summary>For a detail: what it shows besides the result, which is the same as long as the version is.</summary>
    internal ShownChat? Shown { get; private init; }

    /// <param name="tag">Null for a hash of the body.</param>
    /// <param name="shown">For a detail; otherwise null.</param>
    internal static ChatDetailResult Create<TResponse>(
        ChatState chat, TResponse response, JsonSerializerOptions json, bool isShared, WeakETag? tag = null, ShownChat? shown = null)
    {
        var body = JsonBody.Render(new ApiResponse<TResponse>(response), json, EstimateBytes(chat), isShared);
        return new ChatDetailResult(body, tag ?? WeakETag.Create(body.Bytes.Span), chat.Tenant, chat.Id) { Shown = shown };
    }

    /// <summary>A chat that was not read, because its tag is in the caller's <c>If-None-Match</c>.</summary>
    internal static ChatDetailResult CreateKnown(TenantId tenant, ChatId chat, WeakETag tag) => new(body: null, tag, tenant, chat);

    /// <summary>The size of a chat's response.</summary>
    internal static int EstimateBytes(ChatState chat)
    {
        var result = chat.Result ?? PipelineResult.None;
        return BytesBesideTheResult + result.Todos.Utf8.Length + result.RecommendedItems.Utf8.Length + result.NotificationItems.Utf8.Length;
    }

    /// <summary>For a result that is not executed. Executing it disposes of it.</summary>
    public void Dispose() => _body?.Dispose();

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var body = _body;
        if (body is null)
            Tag.SetNotModified(context.HttpContext.Response);
        else if (!Tag.TrySetNotModified(context.HttpContext))
            await context.HttpContext.Response.SendJsonAsync(body.Bytes);
    }
}
