using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Reads chats of all tenants, for the backoffice alone: the one port whose calls may lack a tenant. As
/// <see cref="IChatHistory"/> otherwise.
/// </summary>
public interface ICrossTenantChatHistory
{
    /// <inheritdoc cref="IChatHistory.ListAsync"/>
    /// <param name="tenant">Only this tenant's; null for all.</param>
    Task<PageSlice<ChatListItem>> ListAsync(
        TenantId? tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken);

    /// <summary>The chat, whosever it is, or null when there is none. Of its result the same holds as of <see cref="IChatHistory.FindAsync"/>'s.</summary>
    Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken);
}
