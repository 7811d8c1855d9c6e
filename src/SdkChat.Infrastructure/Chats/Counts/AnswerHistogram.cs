using System.Buffers.Binary;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// How many chats were answered in which time. The bins are those of <c>chat_answer_bin</c> (migration 0031): one for each millisecond up
/// to 15, then eight for each power of two, up to 70 minutes.
/// </summary>
/// <param name="bins">Its memory: <see cref="Bins"/> zeros.</param>
internal sealed class AnswerHistogram(Memory<long> bins)
{
    public const int Bins = 160;

    private const int WordsOfBin = 3;
    private const int WordBase = 10_000;

    private const int WeightAt = sizeof(short);
    private const int SignAt = 2 * sizeof(short);
    private const int DigitsAt = 4 * sizeof(short);

    /// <summary>The sign of a number below zero; NaN and both infinities have others.</summary>
    private const ushort Negative = 0x4000;

    private readonly Memory<long> _chats = bins;

    public AnswerHistogram()
        : this(new long[Bins])
    {
    }

    /// <summary>Chats by bin.</summary>
    public ReadOnlySpan<long> Chats => _chats.Span;

    public void Add(AnswerHistogram other)
    {
        var sum = _chats.Span;
        var added = other.Chats;
        for (var bin = 0; bin < Bins; bin++)
            sum[bin] += added[bin];
    }

    /// <summary>Adds a histogram in the binary format of numeric_send: digits of base 10,000, three of them for each bin.</summary>
    /// <param name="sign">-1 to take it away.</param>
    /// <exception cref="InvalidDataException">It is no whole number.</exception>
    public AnswerHistogram Add(ReadOnlySpan<byte> numeric, int sign = 1)
    {
        var digits = BinaryPrimitives.ReadInt16BigEndian(numeric);
        var weight = BinaryPrimitives.ReadInt16BigEndian(numeric[WeightAt..]);
        sign *= BinaryPrimitives.ReadUInt16BigEndian(numeric[SignAt..]) switch
        {
            0 => 1,
            Negative => -1,
            var other => throw new InvalidDataException($"The histogram of a slot has the sign 0x{other:X4}: run the repair verb."),
        };
        var chats = _chats.Span;
        for (var n = 0; n < digits; n++)
        {
            var place = weight - n;
            long count = sign * BinaryPrimitives.ReadInt16BigEndian(numeric[(DigitsAt + (2 * n))..]);
            for (var power = place % WordsOfBin; power > 0; power--)
                count *= WordBase;
            chats[Math.Min(place / WordsOfBin, Bins - 1)] += count;
        }

        return this;
    }

    /// <summary>Reads a histogram of <see cref="PackedTotals"/>, adds it to one and takes it away from another.</summary>
    public static void AddPacked(ReadOnlySpan<byte> packed, AnswerHistogram? to, AnswerHistogram? from)
    {
        var added = to is null ? [] : to._chats.Span;
        var removed = from is null ? [] : from._chats.Span;
        for (var bin = (int)PackedTotals.ReadInteger(ref packed); !packed.IsEmpty; bin++)
        {
            var chats = PackedTotals.ReadInteger(ref packed);
            if (to is not null)
                added[bin] += chats;
            if (from is not null)
                removed[bin] -= chats;
        }
    }

    /// <summary>Percentiles as the middle of their bin: exact below 16 ms, otherwise at most 6.25 % off. Null without a chat.</summary>
    public AnswerTimes ToTimes()
    {
        var chats = Chats;
        var total = 0L;
        foreach (var ofBin in chats)
            total += ofBin;
        return total <= 0 ? AnswerTimes.None : new AnswerTimes(Percentile(chats, total, 50), Percentile(chats, total, 95));
    }

    private static long Percentile(ReadOnlySpan<long> chats, long total, int percent)
    {
        var rank = ((total * percent) + 99) / 100;
        var bin = 0;
        for (var seen = chats[0]; seen < rank; seen += chats[bin])
            bin++;
        return Middle(bin);
    }

    private static long Middle(int bin)
    {
        var octave = Math.Max(0, (bin / 8) - 1);
        return ((long)(bin - (8 * octave)) << octave) + (((1L << octave) - 1) / 2);
    }
}
