
namespace SdkChat.Application.Common.Paging;

/// <summary>A page of a list, requested by number or by the cursor in a link of an earlier response.</summary>
public sealed record PageRequest
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    /// <summary>The page number, from 0.</summary>
    public int Page { get; init; }

    /// <summary>Rows per page, at least 1; values above 100 count as 100.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary>The cursor from a <c>Link</c> header. If given, the page number is ignored.</summary>
    public PageCursor? Cursor { get; init; }

    /// <summary>Rows per page, after capping.</summary>
    internal int CappedSize => Math.Min(Size, MaxSize);

    internal PagePosition Position => Cursor?.Position ?? new PagePosition.Offset((long)Page * CappedSize);

    /// <summary>Creates the page from the rows that storage found at <see cref="Position"/>.</summary>
    internal Page<T> ToPage<T>(PageSlice<T> slice, Func<T, ChatKey> key)
    {
        var index = Cursor is null ? Page : (int)Math.Min(slice.Skipped / CappedSize, int.MaxValue);
        return new Page<T>(slice.Items, slice.Total, index, CappedSize, PageLinks.Create(slice, key), slice.IsTotalLowerBound);
    }
}
