using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>A part of a pack (<see cref="PackedTotals"/>), and which of its totals buckets need.</summary>
/// <param name="SlotAt">The first of the pack's days.</param>
/// <param name="Number">From 1.</param>
/// <param name="Totals">
/// In order of days, with the number of the bound that the total is before; or, of whole days, of the bucket that the day is in.
/// </param>
internal sealed record PackPart(DateTimeOffset SlotAt, int Number, IReadOnlyList<(int Day, int Number)> Totals)
{
    public bool IsOfDays => Number == PackedTotals.Parts;
}
