namespace SdkChat.Application.Common.Paging;

/// <summary>Which page of a short list is wanted, one whose rows nobody walks while thousands arrive: by number alone.</summary>
public sealed record NumberedPageRequest
{
    /// <summary>Counts from 0.</summary>
    public int Page { get; init; }

    /// <summary>Rows a page, at least 1; more than 100 is answered as 100.</summary>
    public int Size { get; init; } = PageRequest.DefaultSize;

    /// <summary>Rows a page, after capping.</summary>
    internal int CappedSize => Math.Min(Size, PageRequest.MaxSize);

    /// <summary>Rows before the page.</summary>
    internal long Offset => (long)Page * CappedSize;

    internal NumberedPage<T> CreatePage<T>(IReadOnlyList<T> items, long total) => new(items, total, Page, CappedSize);
}

/// <summary>A page of such a list.</summary>
/// <param name="Items">In list order; empty past the end.</param>
/// <param name="Total">All rows of the list.</param>
/// <param name="Index">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping.</param>
public sealed record NumberedPage<T>(IReadOnlyList<T> Items, long Total, int Index, int Size);
