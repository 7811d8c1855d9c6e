using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// The bytes of the stream (contract, section 6). Everything that ever leaves on one is made here.
/// </summary>
internal static class SseFrames
{
    /// <summary>An empty <c>data:</c> line: without one a browser would not fire the event.</summary>
    public static readonly ReadOnlyMemory<byte> Ping = "event: ping\ndata:\n\n"u8.ToArray();

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>First on every stream. One block, so that the first thing a reader gets out of it is <c>ready</c>.</summary>
    public static ReadOnlyMemory<byte> Ready(int retryMilliseconds) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMilliseconds}\nevent: ready\ndata: {{}}\n\n"));

    /// <summary>All there is on a stream that ends before it began.</summary>
    public static ReadOnlyMemory<byte> Retry(int retryMilliseconds) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {retryMilliseconds}\n\n"));

    public static ReadOnlyMemory<byte> ChatCompleted(ProfileId profile, ChatId chat)
    {
        var frame = new ArrayBufferWriter<byte>(160);
        Begin(frame, "event: chat_completed\ndata: {\"profile_id\":\""u8, profile, chat);
        frame.Write("\"}\n\n"u8);
        return frame.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> BacklistTriggered(ProfileId profile, ChatId chat, RawJson notificationItems)
    {
        var items = notificationItems.Utf8.Span;
        var frame = new ArrayBufferWriter<byte>(items.Length + 256);
        Begin(frame, "event: backlist_triggered\ndata: {\"profile_id\":\""u8, profile, chat);
        frame.Write("\",\"notification_items\":"u8);
        WriteLines(frame, items);
        frame.Write("}\n\n"u8);
        return frame.WrittenMemory;
    }

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
    /// Inside a JSON string a line end is escaped; one between values would break the frame. It begins another data line,
    /// and the reader's parser puts them together again with LF. What was CR or CRLF becomes LF: white space all the same.
    /// (U+2028 and U+2029 end no line here.)
    /// </summary>
    private static void WriteLines(ArrayBufferWriter<byte> frame, ReadOnlySpan<byte> json)
    {
        for (var end = json.IndexOfAny(LineEnds); end >= 0; end = json.IndexOfAny(LineEnds))
        {
            frame.Write(json[..end]);
            frame.Write("\ndata: "u8);
            var isPair = json[end] == '\r' && end + 1 < json.Length && json[end + 1] == '\n';
            json = json[(end + (isPair ? 2 : 1))..];
        }

        frame.Write(json);
    }
}
