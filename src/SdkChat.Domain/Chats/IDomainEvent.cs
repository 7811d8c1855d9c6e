using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>
/// Something that has happened to a chat. It carries ids and values, never the chat itself: it is stored with the row,
/// and read back by nodes that do not have the chat.
/// </summary>
public interface IDomainEvent
{
    TenantId Tenant { get; }

    ChatId Chat { get; }

    ProfileId Profile { get; }
}
