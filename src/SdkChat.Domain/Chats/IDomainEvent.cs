using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>
/// Something that happened to a chat. Contains ids and values, not the chat: it is stored with the row and read back by nodes that have not
/// loaded the chat.
/// </summary>
public interface IDomainEvent
{
    TenantId Tenant { get; }

    ChatId Chat { get; }

    ProfileId Profile { get; }
}
