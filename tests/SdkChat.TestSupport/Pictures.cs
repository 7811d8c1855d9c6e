using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace SdkChat.TestSupport;

/// <summary>Pictures that every browser shows.</summary>
public static class Pictures
{
    /// <summary>A grey PNG.</summary>
    /// <param name="padding">Bytes of a chunk that every reader skips.</param>
    public static byte[] Png(int width, int height, int padding = 0)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
                zlib.Write([0, .. Enumerable.Repeat((byte)0x99, width)]);
        }

        return
        [
            .. new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A },
            .. Chunk("IHDR", [.. BigEndian(width), .. BigEndian(height), 8, 0, 0, 0, 0]),
            .. padding > 0 ? Chunk("teSt", new byte[padding]) : [], .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. BigEndian(content.Length), .. checkedPart, .. BigEndian((int)Crc32.HashToUInt32(checkedPart))];
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
