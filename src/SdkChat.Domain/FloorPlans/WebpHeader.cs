using System.Buffers.Binary;

namespace SdkChat.Domain.FloorPlans;

/// <summary>Reads the first chunk of a WebP file, whose kind is that of the file.</summary>
internal static class WebpHeader
{
    private const int HeaderBytes = 30;
    private const int SizeBits = 0x3FFF;
    private const byte Animation = 0x02;

    private static ReadOnlySpan<byte> KeyFrame => [0x9D, 0x01, 0x2A];

    public static PlanImage? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith("RIFF"u8) || !bytes[8..].StartsWith("WEBP"u8))
            return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) > bytes.Length - 8)
            return null;

        var kind = bytes[12..16];
        var content = bytes[20..];
        return kind.SequenceEqual("VP8 "u8)
            ? Lossy(content)
            : kind.SequenceEqual("VP8L"u8) ? Lossless(content) : kind.SequenceEqual("VP8X"u8) ? Extended(content) : null;
    }

    private static PlanImage? Lossy(ReadOnlySpan<byte> content) => !content[3..].StartsWith(KeyFrame)
        ? null
        : Image(
            BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & SizeBits,
            BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & SizeBits);

    private static PlanImage? Lossless(ReadOnlySpan<byte> content)
    {
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
        return content[0] != 0x2F ? null : Image((int)(bits & SizeBits) + 1, (int)((bits >> 14) & SizeBits) + 1);
    }

    private static PlanImage? Extended(ReadOnlySpan<byte> content) => (content[0] & Animation) != 0
        ? null
        : Image(
            (BinaryPrimitives.ReadInt32LittleEndian(content[4..]) & 0xFFFFFF) + 1,
            (int)(BinaryPrimitives.ReadUInt32LittleEndian(content[6..]) >> 8) + 1);

    private static PlanImage Image(int width, int height) => new(PlanImageType.Webp, width, height);
}
