
namespace SdkChat.Application.Common.Paging;

/// <summary>Which page of a list is wanted: by number, or by the cursor of an earlier response's link.</summary>
public sealed record PageRequest
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    /// <summary>Counts from 0.</summary>
    public int Page { get; init; }

    /// <summary>Rows per page, at least 1; more than 100 is answered as 100.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary>From a <c>Link</c> header. Where it is given, the page number is ignored.</summary>
    public PageCursor? Cursor { get; init; }

    /// <summary>Rows per page, after capping.</summary>
    internal int CappedSize => Math.Min(Size, MaxSize);

    internal PagePosition Position => Cursor?.Position ?? new PagePosition.Offset((long)Page * CappedSize);

    /// <summary>The page that was asked for, from what storage found at <see cref="Position"/>.</summary>
    internal Page<T> ToPage<T>(PageSlice<T> slice, Func<T, ChatKey> key)
    {
        var index = Cursor is null ? Page : (int)Math.Min(slice.Skipped / CappedSize, int.MaxValue);
        return new Page<T>(slice.Items, slice.Total, index, CappedSize, PageLinks.Create(slice, key), slice.IsTotalLowerBound);
    }
}
