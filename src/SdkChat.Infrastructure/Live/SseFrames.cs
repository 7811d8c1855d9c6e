using System.Buffers;
using System.Globalization;
using System.Text;

namespace SdkChat.Infrastructure.Live;

/// <summary>The bytes of an event stream (contract, section 6): what goes over the wire, and nothing else does.</summary>
internal static class SseFrames
{
    public static readonly ReadOnlyMemory<byte> Ready = "event: ready\ndata: {}\n\n"u8.ToArray();

    /// <summary>The data line must be there, though empty: without it a browser fires no event.</summary>
    public static readonly ReadOnlyMemory<byte> Ping = "event: ping\ndata:\n\n"u8.ToArray();

    public static ReadOnlyMemory<byte> Retry(TimeSpan delay) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)delay.TotalMilliseconds}\n\n"));

    /// <summary>
    /// One event on one data line. A line break in JSON can only stand between values, where it means nothing, so a space
    /// takes its place: every value stays as it was, to the byte. U+2028 ends no line here.
    /// </summary>
    /// <param name="json">One well-formed JSON value.</param>
    public static ReadOnlyMemory<byte> Event(string name, ReadOnlySpan<byte> json)
    {
        var frame = new ArrayBufferWriter<byte>(json.Length + name.Length + 20);
        frame.Write("event: "u8);
        frame.Write(Encoding.UTF8.GetBytes(name));
        frame.Write("\ndata: "u8);
        var data = frame.GetSpan(json.Length);
        json.CopyTo(data);
        data[..json.Length].ReplaceAny(LineBreaks, (byte)' ');
        frame.Advance(json.Length);
        frame.Write("\n\n"u8);
        return frame.WrittenMemory;
    }

    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);
}
