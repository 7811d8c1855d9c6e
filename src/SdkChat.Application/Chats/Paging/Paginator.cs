namespace SdkChat.Application.Chats.Paging;

/// <summary>From the page a caller asked for to the place storage reads, and back from the slice it found.</summary>
internal static class Paginator
{
    public static int Size(PageRequest request) => Math.Min(request.Size, PageRequest.MaxSize);

    public static PagePosition Position(PageRequest request)
    {
        if (request.Cursor is null)
            return new PagePosition.Offset((long)request.Page * Size(request));

        return PageCursor.TryParse(request.Cursor, out var position)
            ? position
            : throw new ArgumentException("A validated request has no bad cursor.", nameof(request));
    }

    public static Page<T> ToPage<T>(PageRequest request, PageSlice<T> slice, Func<T, ChatKey> key)
    {
        var size = Size(request);
        var index = request.Cursor is null ? request.Page : (int)Math.Min(slice.Skipped / size, int.MaxValue);
        return new Page<T>(slice.Items, slice.Total, index, size, Links(slice, key));
    }

    private static PageLinks Links<T>(PageSlice<T> slice, Func<T, ChatKey> key)
    {
        if (slice.Items.Count == 0)
            return new PageLinks(PageCursor.First, slice.Total > 0 ? PageCursor.Last : null, null, PageCursor.Last);

        return new PageLinks(
            PageCursor.First,
            slice.Skipped > 0 ? PageCursor.Before(key(slice.Items[0])) : null,
            slice.Skipped + slice.Items.Count < slice.Total ? PageCursor.After(key(slice.Items[^1])) : null,
            PageCursor.Last);
    }
}
