namespace SdkChat.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">In list order; empty past the end.</param>
/// <param name="Total">All rows of the list, exact, in the same snapshot as the items.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record PageResponse<T>(IReadOnlyList<T> Items, long Total, int Page, int Size);
