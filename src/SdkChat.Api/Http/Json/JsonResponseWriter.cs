using System.Buffers;
using System.Text.Json;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// Writes a JSON body completely before it is sent. The response then has a <c>Content-Length</c> and is sent in one packet; a body of
/// unknown length would be chunked.
/// </summary>
internal static class JsonResponseWriter
{
    private const string ContentType = "application/json; charset=utf-8";

    public static void Write(IBufferWriter<byte> body, object? value, Type type, JsonSerializerOptions json)
    {
        using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(writer, value, type, json);
    }

    public static async Task SendJsonAsync(this HttpResponse response, ReadOnlyMemory<byte> body)
    {
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, response.HttpContext.RequestAborted);
    }
}
