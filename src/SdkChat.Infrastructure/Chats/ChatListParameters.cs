using SdkChat.Application.Common.Paging;

namespace SdkChat.Infrastructure.Chats;

/// <summary>What the lists of <see cref="ChatHistorySql"/> name with <c>@</c>. Dapper sends those that a statement names, and no others.</summary>
internal sealed class ChatListParameters(ChatListPage page)
{
    private readonly ChatKey? _key = page.Position switch
    {
        PagePosition.After after => after.Key,
        PagePosition.Before before => before.Key,
        _ => null,
    };

    public Guid? Tenant => page.Tenant?.Value;

    public Guid? Profile => page.Filter.Profile?.Value;

    public int Size => page.Size;

    public long? Offset => (page.Position as PagePosition.Offset)?.Rows;

    public DateTimeOffset? CreatedAt => _key?.CreatedAt;

    public Guid? Chat => _key?.Chat.Value;
}
