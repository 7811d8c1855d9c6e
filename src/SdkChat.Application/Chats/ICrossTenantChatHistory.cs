using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Reads chats of all tenants, for the backoffice only: the one port on tenant data whose calls need no tenant. Otherwise as
/// <see cref="IChatHistory"/>.
/// </summary>
public interface ICrossTenantChatHistory
{
    /// <inheritdoc cref="IChatHistory.ListAsync"/>
    /// <param name="tenant">Only this tenant's chats; null for all tenants'.</param>
    Task<PageSlice<ChatListItem>> ListAsync(
        TenantId? tenant, ChatFilter filter, PagePosition position, int size, CancellationToken cancellationToken);

    /// <inheritdoc cref="IChatHistory.CountAsync"/>
    /// <param name="tenant">Only this tenant's chats; null for all tenants'.</param>
    Task<ChatCounts> CountAsync(TenantId? tenant, ChatFilter filter, CancellationToken cancellationToken);

    /// <summary>The chat of any tenant, or null when there is none. The lifetime of its result is that of <see cref="IChatHistory.FindAsync"/>.</summary>
    Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken);

    /// <summary>What happened to the chat, of whichever tenant; null when there is none.</summary>
    Task<ChatTimeline?> FindTimelineAsync(ChatId chat, CancellationToken cancellationToken);
}
