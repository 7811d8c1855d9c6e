using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Reads chats of all tenants, for the backoffice only: the one port to tenant data that requires no tenant. Otherwise like
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

    /// <summary>The chat of any tenant, or null if there is none. The caller must dispose of it.</summary>
    Task<ChatDetail?> FindAsync(ChatId chat, CancellationToken cancellationToken);

    /// <inheritdoc cref="IChatHistory.FindChangedAsync"/>
    Task<ChatDetail?> FindChangedAsync(ChatId chat, ChatVersion known, CancellationToken cancellationToken);

    /// <summary>The timeline of the chat of any tenant; null if there is none.</summary>
    Task<ChatTimeline?> FindTimelineAsync(ChatId chat, CancellationToken cancellationToken);
}
