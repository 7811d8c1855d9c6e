using System.Buffers;
using System.Text.Json;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// A JSON body, written whole before any of it leaves. So the answer says how long it is and goes in one piece:
/// of unknown length it would be sent in chunks, the closing one by itself, and each is a call, a packet and somebody woken.
/// </summary>
internal static class JsonAnswer
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
