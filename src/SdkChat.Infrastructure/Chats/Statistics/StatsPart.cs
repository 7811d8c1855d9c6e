using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// What statistics are the sum of; see <c>chat_stats_totals</c> (migration 0040) and <c>chat_stats_text_parts</c> (migration 0041).
/// </summary>
internal sealed class StatsPart : ChatCountsRow
{
    /// <summary>It is added to the bucket.</summary>
    public const int Whole = 0;

    /// <summary>What the day has before a bound: it is taken from the bucket after the bound and added to the one before.</summary>
    public const int BeforeBound = 1;

    /// <summary>A part of a pack (<see cref="PackedTotals"/>): such totals of some days.</summary>
    public const int Packed = 2;

    /// <summary>Errors and items of the whole range (<see cref="TextSums"/>).</summary>
    public const int Texts = 3;

    /// <summary>
    /// Of the bucket, of the bound, or of the part in <see cref="QuarterBounds.Parts"/>, from 1; the kind of texts
    /// (<see cref="TextSums.Add"/>).
    /// </summary>
    public int Number { get; init; }

    /// <summary>One of the constants.</summary>
    public int Kind { get; init; }

    /// <summary>A histogram, the part of a pack, or texts. Null while the slots have no histograms.</summary>
    public byte[]? Content { get; init; }
}
