using System.Buffers.Text;

namespace SdkChat.Bench.Load;

/// <summary>Takes the sizes of chunks out of what one connection sends. A server may cut anywhere.</summary>
internal sealed class ChunkDecoder
{
    private const int LongestSize = 16;

    private readonly byte[] _size = new byte[LongestSize];

    private int _sizeLength;
    private long _left;
    private int _skip;

    /// <summary>Whether the last chunk has come: the server has ended the answer.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Decodes in place.</summary>
    /// <returns>How many bytes of content there are, at the data's beginning.</returns>
    public int Decode(Span<byte> data)
    {
        var (read, written) = (0, 0);
        while (read < data.Length && !IsOver)
        {
            if (_skip > 0)
            {
                (_skip, read) = (_skip - 1, read + 1);
            }
            else if (_left > 0)
            {
                var part = (int)Math.Min(_left, data.Length - read);
                data.Slice(read, part).CopyTo(data[written..]);
                (read, written, _left) = (read + part, written + part, _left - part);
                _skip = _left == 0 ? 2 : 0;
            }
            else
            {
                ReadSize(data[read++]);
            }
        }

        return written;
    }

    private void ReadSize(byte next)
    {
        if (next == '\n')
        {
            if (!Utf8Parser.TryParse(_size.AsSpan(0, _sizeLength), out _left, out _, 'x'))
                throw new FormatException("That is no size of a chunk.");
            (_sizeLength, IsOver) = (0, _left == 0);
        }
        else if (next != '\r')
        {
            _size[_sizeLength++] = next;
        }
    }
}
