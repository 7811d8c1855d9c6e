using System.Text.Json;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// A JSON body in rented memory, written whole before any of it leaves. So the answer says how long it is and goes in one piece:
/// of unknown length it would be sent in chunks, the closing one by itself, and each is a call, a packet and somebody woken.
/// </summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>A page of twenty chats.</summary>
    private const int UsualBytes = 16 * 1024;

    /// <returns>The body; the caller's to dispose of.</returns>
    public static PooledBuffer Write(object? value, Type type, JsonSerializerOptions json, int expected = UsualBytes)
    {
        var body = new PooledBuffer(expected);
        try
        {
            using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true });
            JsonSerializer.Serialize(writer, value, type, json);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public static async Task SendAsync(this HttpResponse response, PooledBuffer body)
    {
        response.ContentLength = body.Written.Length;
        await response.BodyWriter.WriteAsync(body.Written, response.HttpContext.RequestAborted);
    }
}
