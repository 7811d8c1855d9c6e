using System.Buffers.Binary;

namespace SdkChat.Domain.FloorPlans;

/// <summary>Reads the segments of a JPEG file up to its frame header: marker, length, content.</summary>
internal static class JpegHeader
{
    private const byte MarkerStart = 0xFF;
    private const int FrameBytes = 7;

    private static ReadOnlySpan<byte> Start => [MarkerStart, 0xD8, MarkerStart];

    private static ReadOnlySpan<byte> End => [MarkerStart, 0xD9];

    public static PlanImage? Read(ReadOnlySpan<byte> bytes)
    {
        // Cameras append data to the end of the image.
        if (!bytes.StartsWith(Start) || bytes.LastIndexOf(End) < 0)
            return null;

        for (var rest = bytes[2..]; rest.Length >= 4 && rest[0] == MarkerStart;)
        {
            // A marker may have any number of fill bytes before it.
            if (rest[1] == MarkerStart)
            {
                rest = rest[1..];
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length + 2 > rest.Length)
                return null;
            if (IsFrame(rest[1]))
                return length < FrameBytes ? null : Frame(rest[4..]);
            rest = rest[(length + 2)..];
        }

        return null;
    }

    /// <summary>Start of a frame, of any coding. The three others in this range are tables.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static PlanImage Frame(ReadOnlySpan<byte> content) =>
        new(PlanImageType.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(content[3..]), BinaryPrimitives.ReadUInt16BigEndian(content[1..]));
}
