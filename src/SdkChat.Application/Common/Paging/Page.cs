namespace SdkChat.Application.Common.Paging;

/// <summary>A page of a list, with links to its neighbours.</summary>
/// <param name="Items">In list order; empty past the end.</param>
/// <param name="Total">All rows of the list, in the snapshot of the items.</param>
/// <param name="Index">The number of this page, from 0; for a cursor, the number of the page that contains its first row.</param>
/// <param name="Size">Rows per page, after capping.</param>
/// <param name="IsTotalLowerBound">Whether counting was cut off: there are at least <paramref name="Total"/> rows.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total, int Index, int Size, PageLinks Links, bool IsTotalLowerBound = false);

/// <summary>Cursors to the pages around one. Null if there is no such page.</summary>
public sealed record PageLinks(PageCursor First, PageCursor? Previous, PageCursor? Next, PageCursor? Last)
{
    internal static PageLinks Create<T>(PageSlice<T> slice, Func<T, ChatKey> key)
    {
        // The start of the last page is not known.
        PageCursor? last = slice.IsTotalLowerBound ? null : PageCursor.Last;
        if (slice.Items.Count == 0)
            return new PageLinks(PageCursor.First, slice.Total > 0 ? PageCursor.Last : null, null, last);

        return new PageLinks(
            PageCursor.First,
            slice.Skipped > 0 ? PageCursor.Before(key(slice.Items[0])) : null,
            slice.Skipped + slice.Items.Count < slice.Total ? PageCursor.After(key(slice.Items[^1])) : null,
            last);
    }
}
