namespace SdkChat.Application.Chats.Paging;

/// <summary>A page of a list, and where its neighbours are.</summary>
/// <param name="Items">In list order; empty past the end.</param>
/// <param name="Total">All rows of the list, in the snapshot the items are from.</param>
/// <param name="Index">Which page this is, counting from 0; for a cursor, the one that its first row falls on.</param>
/// <param name="Size">Rows a page, after capping.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total, int Index, int Size, PageLinks Links);

/// <summary>Cursors to the pages around one. Null where there is none.</summary>
public sealed record PageLinks(string First, string? Previous, string? Next, string Last);
