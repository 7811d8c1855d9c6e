using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Creates all frames in the byte format of the stream (contract, section 6).</summary>
internal static class SseFrameFactory
{
    /// <summary>The empty <c>data:</c> line is required: a browser does not fire an event without one.</summary>
    public static readonly SseFrame Ping = SseFrame.Create("event: ping\ndata:\n\n"u8);

    /// <summary>Escapes what JSON must escape and nothing else, as the API's responses do.</summary>
    private static readonly JsonSerializerOptions LastError = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>The only frame of a stream that ends at once.</summary>
    public static SseFrame Retry(int milliseconds) => SseFrame.Create(RetryLine(milliseconds));

    /// <summary>The first frame of every other stream.</summary>
    public static SseFrame RetryAndReady(int milliseconds) =>
        SseFrame.Create([.. RetryLine(milliseconds), .. "event: ready\ndata: {}\n\n"u8]);

    public static SseFrame ChatStarted(ProfileId profile, ChatId chat) =>
        WithIds("event: chat_started\ndata: {\"profile_id\":\""u8, profile, chat);

    public static SseFrame ChatCompleted(ProfileId profile, ChatId chat) =>
        WithIds("event: chat_completed\ndata: {\"profile_id\":\""u8, profile, chat);

    public static SseFrame ChatEnded(ProfileId profile, ChatId chat) =>
        WithIds("event: chat_ended\ndata: {\"profile_id\":\""u8, profile, chat);

    public static SseFrame ChatFailed(ProfileId profile, ChatId chat, string? lastError)
    {
        // JSON text has no line ends inside a string, so it stays on one line.
        var error = JsonSerializer.SerializeToUtf8Bytes(lastError, LastError);
        var frame = new ArrayBufferWriter<byte>(error.Length + 256);
        Begin(frame, "event: chat_failed\ndata: {\"profile_id\":\""u8, profile, chat);
        frame.Write("\",\"last_error\":"u8);
        frame.Write(error);
        frame.Write("}\n\n"u8);
        return SseFrame.Create(frame.WrittenSpan);
    }

    public static SseFrame BacklistTriggered(ProfileId profile, ChatId chat, RawJson notificationItems)
    {
        var items = notificationItems.Utf8.Span;
        var frame = new ArrayBufferWriter<byte>(items.Length + 256);
        Begin(frame, "event: backlist_triggered\ndata: {\"profile_id\":\""u8, profile, chat);
        frame.Write("\",\"notification_items\":"u8);
        WriteOnOneLine(frame, items);
        frame.Write("}\n\n"u8);
        return SseFrame.Create(frame.WrittenSpan);
    }

    /// <summary>Sent to the node's own stream for probes only.</summary>
    public static SseFrame Probe(ProbeMessage probe)
    {
        var frame = new ArrayBufferWriter<byte>(160);
        frame.Write("event: probe\ndata: {\"node\":\""u8);
        Write(frame, probe.Node);
        frame.Write("\",\"number\":\""u8);
        Write(frame, probe.Number);
        frame.Write("\"}\n\n"u8);
        return SseFrame.Create(frame.WrittenSpan);
    }

    private static SseFrame WithIds(ReadOnlySpan<byte> opening, ProfileId profile, ChatId chat)
    {
        var frame = new ArrayBufferWriter<byte>(160);
        Begin(frame, opening, profile, chat);
        frame.Write("\"}\n\n"u8);
        return SseFrame.Create(frame.WrittenSpan);
    }

    private static byte[] RetryLine(int milliseconds) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {milliseconds}\n\n"));

    private static void Begin(ArrayBufferWriter<byte> frame, ReadOnlySpan<byte> opening, ProfileId profile, ChatId chat)
    {
        frame.Write(opening);
        Write(frame, profile.Value);
        frame.Write("\",\"chat_id\":\""u8);
        Write(frame, chat.Value);
    }

    private static void Write(ArrayBufferWriter<byte> frame, Guid id)
    {
        Utf8Formatter.TryFormat(id, frame.GetSpan(36), out var written);
        frame.Advance(written);
    }

    /// <summary>
    /// A line end would break the frame. In JSON it can only occur between values, so a space replaces it, and every value is unchanged to
    /// the byte. (U+2028 and U+2029 are not line ends here.)
    /// </summary>
    private static void WriteOnOneLine(ArrayBufferWriter<byte> frame, ReadOnlySpan<byte> json)
    {
        var line = frame.GetSpan(json.Length);
        json.CopyTo(line);
        line[..json.Length].ReplaceAny(LineEnds, (byte)' ');
        frame.Advance(json.Length);
    }
}
