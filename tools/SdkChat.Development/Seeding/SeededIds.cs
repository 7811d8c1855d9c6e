using System.Buffers.Binary;

using SdkChat.Development.Pipelines;

namespace SdkChat.Development.Seeding;

/// <summary>UUIDs of version 7 whose random bits come from the seed, so that the same seed gives the same rows.</summary>
internal static class SeededIds
{
    public static Guid Version7(SplitMix random, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (random.Next() & 0x0FFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (random.Next() >> 2));
        return new Guid(bytes, bigEndian: true);
    }
}
