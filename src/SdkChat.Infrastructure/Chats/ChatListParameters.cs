using SdkChat.Application.Chats.Paging;

namespace SdkChat.Infrastructure.Chats;

/// <summary>What the lists of <see cref="ChatHistorySql"/> name with <c>@</c>. Dapper sends those that a statement names, and no others.</summary>
internal sealed class ChatListParameters(ChatListKey list)
{
    private readonly ChatKey? _key = list.Position switch
    {
        PagePosition.After after => after.Key,
        PagePosition.Before before => before.Key,
        _ => null,
    };

    public Guid? Tenant => list.Tenant?.Value;

    public Guid? Profile => list.Profile?.Value;

    public int Size => list.Size;

    public long? Offset => (list.Position as PagePosition.Offset)?.Rows;

    public DateTimeOffset? CreatedAt => _key?.CreatedAt;

    public Guid? Chat => _key?.Chat.Value;
}
