namespace SdkChat.Application.Common.Paging;

/// <summary>A page of a short list, requested by number. Such a list has no cursors.</summary>
public sealed record NumberedPageRequest
{
    /// <summary>The page number, from 0.</summary>
    public int Page { get; init; }

    /// <summary>Rows per page, at least 1; values above 100 count as 100.</summary>
    public int Size { get; init; } = PageRequest.DefaultSize;

    /// <summary>Rows per page, after capping.</summary>
    internal int CappedSize => Math.Min(Size, PageRequest.MaxSize);

    /// <summary>Rows before the page.</summary>
    internal long Offset => (long)Page * CappedSize;

    internal NumberedPage<T> CreatePage<T>(IReadOnlyList<T> items, long total) => new(items, total, Page, CappedSize);
}

/// <summary>A page of such a list.</summary>
/// <param name="Items">In list order; empty past the end.</param>
/// <param name="Total">All rows of the list.</param>
/// <param name="Index">The number of this page, from 0.</param>
/// <param name="Size">Rows per page, after capping.</param>
public sealed record NumberedPage<T>(IReadOnlyList<T> Items, long Total, int Index, int Size);
