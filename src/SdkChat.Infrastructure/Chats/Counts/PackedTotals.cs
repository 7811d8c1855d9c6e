using System.Buffers;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The running totals of 32 days of a list in one value (migration 0040). It has 96 parts: the n-th is the total of each day up to its n-th
/// quarter of an hour and with it. A total is a length and so many bytes: five numbers, the first bin of the histogram that has chats, and
/// the chats of that bin and those after it. All of them are integers of seven bits a byte, the lowest first. A day without a total has the
/// length 0.
/// </summary>
internal static class PackedTotals
{
    public const int Days = 32;
    public const int Parts = 96;

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <param name="start">The first of the days.</param>
    /// <param name="totals">In order of time.</param>
    /// <returns>Where each part ends, after a 0; and the parts.</returns>
    public static (int[] Ends, byte[] Packed) Create(DateTimeOffset start, IReadOnlyList<RunningTotal> totals)
    {
        var byQuarter = new byte[]?[Days * Parts];
        foreach (var total in totals)
            byQuarter[(total.SlotAt - start).Ticks / Quarter.Ticks] = Encode(total);

        var (packed, ends) = (new ArrayBufferWriter<byte>(), new int[Parts + 1]);
        var ofDays = new byte[Days][];
        Array.Fill(ofDays, []);
        for (var part = 0; part < Parts; part++)
        {
            for (var day = 0; day < Days; day++)
            {
                ofDays[day] = byQuarter[(day * Parts) + part] ?? ofDays[day];
                Write(packed, ofDays[day].Length);
                packed.Write(ofDays[day]);
            }

            ends[part + 1] = packed.WrittenCount;
        }

        return (ends, packed.WrittenSpan.ToArray());
    }

    /// <summary>Reads an integer, and leaves what is behind it.</summary>
    public static long ReadInteger(ref ReadOnlySpan<byte> bytes)
    {
        var (value, shift, read) = (0L, 0, 0);
        byte one;
        do
        {
            one = bytes[read++];
            value |= (long)(one & 0x7F) << shift;
            shift += 7;
        }
        while (one > 0x7F);

        bytes = bytes[read..];
        return value;
    }

    /// <summary>Reads the total of the next day, and leaves those of the days after it.</summary>
    public static ReadOnlySpan<byte> ReadTotal(ref ReadOnlySpan<byte> part)
    {
        var length = (int)ReadInteger(ref part);
        var total = part[..length];
        part = part[length..];
        return total;
    }

    private static byte[] Encode(RunningTotal total)
    {
        var encoded = new ArrayBufferWriter<byte>();
        foreach (var number in (ReadOnlySpan<long>)[total.Chats, total.Completed, total.Triggered, total.Failed, total.Ended])
            Write(encoded, number);
        var bins = new AnswerHistogram().Add(total.Answers).Chats;
        var first = bins.IndexOfAnyExcept(0);
        if (first < 0)
            return encoded.WrittenSpan.ToArray();

        Write(encoded, first);
        foreach (var chats in bins[first..(bins.LastIndexOfAnyExcept(0) + 1)])
            Write(encoded, chats);
        return encoded.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> bytes, long value)
    {
        var rest = (ulong)value;
        for (; rest > 0x7F; rest >>= 7)
            bytes.Write([(byte)(rest | 0x80)]);
        bytes.Write([(byte)rest]);
    }
}
