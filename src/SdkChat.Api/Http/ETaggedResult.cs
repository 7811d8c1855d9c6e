using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace SdkChat.Api.Http;

/// <summary>
/// A success whose weak <c>ETag</c> is a hash of the body itself, so that nothing the body shows can change without it.
/// A request that already has that body (<c>If-None-Match</c>) gets 304.
/// </summary>
internal sealed class ETaggedResult<T>(T data) : IActionResult
{
    private const int TagBytes = 16;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var json = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;

        using var body = new PooledBuffer();
        Serialize(body, json);

        var tag = Tag(body.Written.Span);
        response.GetTypedHeaders().ETag = tag;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Written.Length;
        await response.BodyWriter.WriteAsync(body.Written, context.HttpContext.RequestAborted);
    }

    private void Serialize(PooledBuffer body, JsonSerializerOptions json)
    {
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(writer, new ApiResponse<T>(data), json);
    }

    private static EntityTagHeaderValue Tag(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(hash[..TagBytes])}\"", isWeak: true);
    }
}
