using SdkChat.Application.Common.Paging;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The parameters of the statements of <see cref="ChatSearchSql"/>. Dapper sends only those that a statement uses.</summary>
internal sealed class ChatSearchParameters(ChatListPage page)
{
    /// <summary>The highest exact total.</summary>
    private const int CountedMatches = 1000;

    /// <summary>
    /// The maximum number of matches before a page that are counted. <see cref="ChatSearchSql"/> counts as many before a cursor.
    /// </summary>
    private const int MaxSkipped = 10_000;

    private readonly ChatKey? _key = page.Position switch
    {
        PagePosition.After after => Within(page.Selection, after.Key),
        PagePosition.Following following => Within(page.Selection, following.Key),
        PagePosition.Before before => Within(page.Selection, before.Key),
        _ => null,
    };

    private readonly Guid? _id = Guid.TryParseExact(page.Filter.Query!.Trim(), "D", out var id) ? id : null;

    public Guid? Tenant => page.Tenant?.Value;

    public Guid? Profile => page.Filter.Profile?.Value;

    public Guid? Id => _id;

    public string? Query => _id is null ? page.Filter.Query : null;

    public int Size => page.Size;

    public long Offset => (page.Position as PagePosition.Offset)?.Rows ?? 0;

    /// <summary>One more than are counted, which shows whether there are more.</summary>
    public int Wanted => (int)Math.Max(CountedMatches, Math.Min(Offset + page.Size, MaxSkipped)) + 1;

    public DateTimeOffset? CreatedAt => _key?.CreatedAt;

    public Guid? Chat => _key?.Chat.Value;

    public int Mask => (int)page.Selection.Classes;

    public DateTimeOffset? From => page.Selection.From;

    public DateTimeOffset? To => page.Selection.To;

    /// <summary>A cursor may come from a list of another time range: one beyond the range is moved to its start or end.</summary>
    private static ChatKey Within(ChatSelection selection, ChatKey key) => selection switch
    {
        { From: { } from } when key.CreatedAt < from => new ChatKey(from, default),
        { To: { } to } when key.CreatedAt >= to => new ChatKey(to, default),
        _ => key,
    };
}
