using System.Buffers.Text;
using System.IO.Hashing;
using System.Text.Json;
using AutoMapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats;

/// <summary>
/// A whole chat, rendered, for one caller or for several. Its weak <c>ETag</c> is a hash of the body itself, so that nothing the body
/// shows can change without it. A request that already has that body (<c>If-None-Match</c>) gets 304.
/// </summary>
public sealed class DetailAnswer : IActionResult
{
    /// <summary>All but the result; a prompt of 4,000 characters may need as much again.</summary>
    private const int BesideTheResult = 4096;

    private readonly JsonBody _body;
    private readonly EntityTagHeaderValue _tag;

    private DetailAnswer(JsonBody body, TenantId tenant) => (_body, _tag, Tenant) = (body, TagOf(body.Bytes.Span), tenant);

    /// <summary>Whose chat it is.</summary>
    public TenantId Tenant { get; }

    internal static DetailAnswer Of(ChatDetail detail, IMapper mapper, JsonSerializerOptions json, bool isShared)
    {
        var result = detail.Chat.Result;
        var expected = result?.Todos.Utf8.Length + result?.RecommendedItems.Utf8.Length + result?.NotificationItems.Utf8.Length;
        var response = new ApiResponse<ChatDetailResponse>(mapper.Map<ChatDetailResponse>(detail));
        return new DetailAnswer(JsonBody.Render(response, json, BesideTheResult + (expected ?? 0), isShared), detail.Chat.Tenant);
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var body = _body;
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        response.Headers.ETag = _tag.ToString();
        if (IsKnown(request))
            response.StatusCode = StatusCodes.Status304NotModified;
        else
            await response.SendJsonAsync(body.Bytes);
    }

    private bool IsKnown(HttpRequest request) =>
        request.Headers.IfNoneMatch.Count > 0
        && request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(_tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any);

    /// <summary>It tells versions of one's own chat apart and guards nothing, so it need not withstand anybody: a tenth of SHA-256's time.</summary>
    private static EntityTagHeaderValue TagOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(body, hash);
        return new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(hash)}\"", isWeak: true);
    }
}
