using System.Buffers.Text;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Bytes that are sent together. They are created once and shared by all streams, in two forms: plain, and as one chunk of an HTTP/1.1 body
/// for an output that writes to the socket itself.
/// </summary>
internal readonly record struct SseFrame
{
    private const int MaxSizeDigits = 8;

    private static readonly ReadOnlyMemory<byte> LineEnd = "\r\n"u8.ToArray();

    private readonly int _prefix;

    private SseFrame(ReadOnlyMemory<byte> chunk, int prefix) => (Chunk, _prefix) = (chunk, prefix);

    /// <summary>The bytes as a chunk: preceded by their size and followed by a line end.</summary>
    public ReadOnlyMemory<byte> Chunk { get; }

    /// <summary>The bytes without the chunk's framing.</summary>
    public ReadOnlySpan<byte> Span => Chunk.IsEmpty ? default : Chunk.Span[_prefix..^LineEnd.Length];

    /// <summary>The length of <see cref="Span"/>.</summary>
    public int Length => Chunk.IsEmpty ? 0 : Chunk.Length - _prefix - LineEnd.Length;

    /// <param name="bytes">Complete events; copied. Not empty, since an empty chunk would end the body.</param>
    public static SseFrame Create(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length);
        Span<byte> size = stackalloc byte[MaxSizeDigits + 2];
        Utf8Formatter.TryFormat(bytes.Length, size, out var digits, 'x');
        LineEnd.Span.CopyTo(size[digits..]);
        return new SseFrame((byte[])[.. size[..(digits + 2)], .. bytes, .. LineEnd.Span], digits + 2);
    }

    /// <summary>Joins frames in order.</summary>
    public static SseFrame Join(IReadOnlyCollection<SseFrame> frames)
    {
        var bytes = new byte[frames.Sum(frame => frame.Length)];
        var written = 0;
        foreach (var frame in frames)
        {
            frame.Span.CopyTo(bytes.AsSpan(written));
            written += frame.Length;
        }

        return Create(bytes);
    }

    public byte[] ToArray() => Span.ToArray();
}
