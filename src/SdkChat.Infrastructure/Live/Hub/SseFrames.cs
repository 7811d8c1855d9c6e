using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Live.Probe;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// The bytes of the stream (contract, section 6). Everything that ever leaves on one is made here.
/// </summary>
internal static class SseFrames
{
    /// <summary>An empty <c>data:</c> line: without one a browser would not fire the event.</summary>
    public static readonly LiveFrame Ping = LiveFrame.Of("event: ping\ndata:\n\n"u8);

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>All there is on a stream that ends before it began.</summary>
    public static LiveFrame Retry(int milliseconds) => LiveFrame.Of(RetryLine(milliseconds));

    /// <summary>First on every other.</summary>
    public static LiveFrame RetryAndReady(int milliseconds) =>
        LiveFrame.Of([.. RetryLine(milliseconds), .. "event: ready\ndata: {}\n\n"u8]);

    public static LiveFrame ChatCompleted(ProfileId profile, ChatId chat)
    {
        var frame = new ArrayBufferWriter<byte>(160);
        Begin(frame, "event: chat_completed\ndata: {\"profile_id\":\""u8, profile, chat);
        frame.Write("\"}\n\n"u8);
        return LiveFrame.Of(frame.WrittenSpan);
    }

    public static LiveFrame BacklistTriggered(ProfileId profile, ChatId chat, RawJson notificationItems)
    {
        var items = notificationItems.Utf8.Span;
        var frame = new ArrayBufferWriter<byte>(items.Length + 256);
        Begin(frame, "event: backlist_triggered\ndata: {\"profile_id\":\""u8, profile, chat);
        frame.Write("\",\"notification_items\":"u8);
        WriteOnOneLine(frame, items);
        frame.Write("}\n\n"u8);
        return LiveFrame.Of(frame.WrittenSpan);
    }

    /// <summary>On no reader's stream, ever.</summary>
    public static LiveFrame Probe(ProbeSent probe)
    {
        var frame = new ArrayBufferWriter<byte>(160);
        Begin(frame, "event: probe\ndata: {\"profile_id\":\""u8, probe.Profile, probe.Chat);
        frame.Write("\"}\n\n"u8);
        return LiveFrame.Of(frame.WrittenSpan);
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
    /// A line end would break the frame. In JSON one can only stand between values, where it means nothing, so a space takes
    /// its place, and every value stays as it was, to the byte. (U+2028 and U+2029 end no line here.)
    /// </summary>
    private static void WriteOnOneLine(ArrayBufferWriter<byte> frame, ReadOnlySpan<byte> json)
    {
        var line = frame.GetSpan(json.Length);
        json.CopyTo(line);
        line[..json.Length].ReplaceAny(LineEnds, (byte)' ');
        frame.Advance(json.Length);
    }
}
