namespace SdkChat.Application.Chats.Paging;

/// <summary>Which page of a list is wanted: by number, or by the place that an earlier answer's link named.</summary>
public sealed record PageRequest
{
    public const int DefaultSize = 20;
    public const int MaxSize = 100;

    /// <summary>Counts from 0.</summary>
    public int Page { get; init; }

    /// <summary>Rows a page, at least 1; more than 100 is answered as 100.</summary>
    public int Size { get; init; } = DefaultSize;

    /// <summary>Opaque, from a <c>Link</c> header. Where it is given, the page number does not count.</summary>
    public string? Cursor { get; init; }
}
