using SdkChat.Domain.Chats;

namespace SdkChat.Application.Common.Paging;

/// <summary>The position of a row in a list that is sorted by creation, newest first, then by id, highest first.</summary>
/// <param name="CreatedAt">To the millisecond, as stored.</param>
public readonly record struct ChatKey(DateTimeOffset CreatedAt, ChatId Chat)
{
    /// <summary>Compares by list order. Ids are compared by their bytes, in PostgreSQL and in .NET.</summary>
    /// <returns>Less than 0 if <paramref name="one"/> comes first.</returns>
    public static int Compare(ChatKey one, ChatKey other) =>
        other.CreatedAt.CompareTo(one.CreatedAt) is var byTime and not 0 ? byTime : other.Chat.Value.CompareTo(one.Chat.Value);
}

/// <summary>The start of a page.</summary>
public abstract record PagePosition
{
    private PagePosition()
    {
    }

    /// <summary>After <paramref name="Rows"/> rows from the top; 0 is the first page.</summary>
    public sealed record Offset(long Rows) : PagePosition;

    /// <summary>The rows that follow <paramref name="Key"/>, whether or not its row still exists.</summary>
    public sealed record After(ChatKey Key) : PagePosition;

    /// <summary>
    /// Like <see cref="After"/>, for a reader that reads all pages and needs no numbers: nothing is counted, and the slice's total and
    /// skipped rows are 0. Only lists of chats support it.
    /// </summary>
    public sealed record Following(ChatKey Key) : PagePosition;

    /// <summary>The nearest rows before <paramref name="Key"/>, in list order.</summary>
    public sealed record Before(ChatKey Key) : PagePosition;

    /// <summary>The last page, as counting pages of this size from the top would find it.</summary>
    public sealed record Last : PagePosition;
}
