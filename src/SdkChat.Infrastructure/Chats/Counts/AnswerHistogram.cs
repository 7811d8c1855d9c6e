using System.Buffers.Binary;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// How many chats were answered in which time. The bins are those of <c>chat_answer_bin</c> (migration 0031): one for each millisecond up to 15,
/// then eight for each power of two, up to 70 minutes.
/// </summary>
internal sealed class AnswerHistogram
{
    private const int Bins = 160;
    private const int WordsOfBin = 3;
    private const int WordBase = 10_000;

    private const int WeightAt = sizeof(short);
    private const int SignAt = 2 * sizeof(short);
    private const int DigitsAt = 4 * sizeof(short);

    /// <summary>The sign of a number below zero; NaN and both infinities have others.</summary>
    private const ushort Negative = 0x4000;

    private readonly long[] _chats = new long[Bins];

    /// <summary>Chats by bin.</summary>
    public ReadOnlySpan<long> Chats => _chats;

    public void Add(AnswerHistogram other)
    {
        for (var bin = 0; bin < Bins; bin++)
            _chats[bin] += other._chats[bin];
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
        for (var n = 0; n < digits; n++)
        {
            var place = weight - n;
            long count = sign * BinaryPrimitives.ReadInt16BigEndian(numeric[(DigitsAt + (2 * n))..]);
            for (var power = place % WordsOfBin; power > 0; power--)
                count *= WordBase;
            _chats[Math.Min(place / WordsOfBin, Bins - 1)] += count;
        }

        return this;
    }

    /// <summary>Adds a histogram of <see cref="PackedTotals"/>.</summary>
    /// <param name="sign">-1 to take it away.</param>
    public void AddPacked(ReadOnlySpan<byte> packed, int sign)
    {
        for (var bin = (int)PackedTotals.ReadInteger(ref packed); !packed.IsEmpty; bin++)
            _chats[bin] += sign * PackedTotals.ReadInteger(ref packed);
    }

    /// <summary>Percentiles as the middle of their bin: exact below 16 ms, otherwise at most 6.25 % off. Null without a chat.</summary>
    public AnswerTimes ToTimes()
    {
        var total = _chats.Sum();
        return total <= 0 ? new AnswerTimes(null, null) : new AnswerTimes(Percentile(total, 50), Percentile(total, 95));
    }

    private long Percentile(long total, int percent)
    {
        var rank = ((total * percent) + 99) / 100;
        var bin = 0;
        for (var seen = _chats[0]; seen < rank; seen += _chats[bin])
            bin++;
        return Middle(bin);
    }

    private static long Middle(int bin)
    {
        var octave = Math.Max(0, (bin / 8) - 1);
        return ((long)(bin - (8 * octave)) << octave) + (((1L << octave) - 1) / 2);
    }
}
