using System.Text.Json.Serialization;

namespace SdkChat.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">In list order; empty past the end.</param>
/// <param name="Total">All rows of the list in the same snapshot as the items, exact unless <c>total_is_lower_bound</c> is true.</param>
/// <param name="Page">The number of this page, from 0.</param>
/// <param name="Size">Rows per page, after capping at 100.</param>
/// <param name="TotalIsLowerBound">True if counting was cut off: there are at least <c>total</c> rows. Otherwise absent.</param>
public sealed record PageResponse<T>(
    IReadOnlyList<T> Items,
    long Total,
    int Page,
    int Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? TotalIsLowerBound = null);
