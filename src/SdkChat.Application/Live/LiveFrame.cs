using System.Buffers.Text;

namespace SdkChat.Application.Live;

/// <summary>
/// Bytes that travel together, made once and shared by all streams: as they stand, and as one chunk of an HTTP/1.1 body, for
/// a transport that frames the body itself. Send them, do not touch them.
/// </summary>
public readonly record struct LiveFrame
{
    private const int LongestSize = 8;

    private static readonly ReadOnlyMemory<byte> LineEnd = "\r\n"u8.ToArray();

    private readonly int _prefix;

    private LiveFrame(ReadOnlyMemory<byte> chunk, int prefix) => (Chunk, _prefix) = (chunk, prefix);

    /// <summary>The bytes with the chunk's size before and its line end after them.</summary>
    public ReadOnlyMemory<byte> Chunk { get; }

    public ReadOnlySpan<byte> Span => Chunk.IsEmpty ? default : Chunk.Span[_prefix..^LineEnd.Length];

    /// <summary>In bytes, without the chunk's.</summary>
    public int Length => Chunk.IsEmpty ? 0 : Chunk.Length - _prefix - LineEnd.Length;

    /// <param name="bytes">Complete events; copied. Not empty: an empty chunk would end the body.</param>
    public static LiveFrame Of(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length);
        Span<byte> size = stackalloc byte[LongestSize + 2];
        Utf8Formatter.TryFormat(bytes.Length, size, out var digits, 'x');
        LineEnd.Span.CopyTo(size[digits..]);
        return new LiveFrame((byte[])[.. size[..(digits + 2)], .. bytes, .. LineEnd.Span], digits + 2);
    }

    /// <summary>All of them in one, in order.</summary>
    public static LiveFrame Of(IReadOnlyCollection<LiveFrame> frames)
    {
        var bytes = new byte[frames.Sum(frame => frame.Length)];
        var written = 0;
        foreach (var frame in frames)
        {
            frame.Span.CopyTo(bytes.AsSpan(written));
            written += frame.Length;
        }

        return Of(bytes);
    }

    public byte[] ToArray() => Span.ToArray();
}
