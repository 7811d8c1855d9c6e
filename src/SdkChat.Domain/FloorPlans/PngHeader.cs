using System.Buffers.Binary;

namespace SdkChat.Domain.FloorPlans;

/// <summary>Reads the chunks of a PNG file: length, type, content, checksum.</summary>
internal static class PngHeader
{
    private const int ChunkFrame = 12;
    private const int SizeBytes = 8;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static PlanImage? Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Signature))
            return null;

        PlanImage? image = null;
        for (var rest = bytes[Signature.Length..]; rest.Length >= ChunkFrame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkFrame)
                return null;

            var type = rest[4..8];
            var content = rest.Slice(8, (int)length);
            if (type.SequenceEqual("IEND"u8))
                return image;
            // The header is the first chunk, and only an animation has the other.
            if (type.SequenceEqual("acTL"u8) || type.SequenceEqual("IHDR"u8) != image is null)
                return null;
            if (image is null)
            {
                if (length < SizeBytes)
                    return null;
                image = new PlanImage(
                    PlanImageType.Png, BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]));
            }

            rest = rest[(ChunkFrame + (int)length)..];
        }

        return null;
    }
}
