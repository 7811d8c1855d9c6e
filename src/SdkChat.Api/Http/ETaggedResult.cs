using System.Buffers.Text;
using System.IO.Hashing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Json;

namespace SdkChat.Api.Http;

/// <summary>
/// A success whose weak <c>ETag</c> is a hash of the body itself, so that nothing the body shows can change without it.
/// A request that already has that body (<c>If-None-Match</c>) gets 304.
/// </summary>
/// <param name="data">What the envelope holds.</param>
/// <param name="expectedBytes">About how long the body will be: a good guess spares it from being moved as it grows.</param>
internal sealed class ETaggedResult<T>(T data, int expectedBytes) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var json = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        using var body = JsonAnswer.Write(new ApiResponse<T>(data), typeof(ApiResponse<T>), json, expectedBytes);

        var tag = Tag(body.Written.Span);
        response.GetTypedHeaders().ETag = tag;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = JsonAnswer.ContentType;
        await response.SendAsync(body);
    }

    /// <summary>It tells versions of one's own chat apart and guards nothing, so it need not withstand anybody: a tenth of SHA-256's time.</summary>
    private static EntityTagHeaderValue Tag(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(body, hash);
        return new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(hash)}\"", isWeak: true);
    }
}
