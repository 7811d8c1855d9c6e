namespace SdkChat.Application.Common.Paging;

/// <summary>The rows that storage found for one <see cref="PagePosition"/>, from one snapshot.</summary>
/// <param name="Items">In list order.</param>
/// <param name="Total">All rows of the list.</param>
/// <param name="IsTotalLowerBound">Whether counting was cut off: there are at least <paramref name="Total"/> rows.</param>
/// <param name="Skipped">How many rows of the list precede the first item; past the end, all of them.</param>
public sealed record PageSlice<T>(IReadOnlyList<T> Items, long Total, long Skipped, bool IsTotalLowerBound = false);
