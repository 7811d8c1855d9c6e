using SdkChat.Application.Chats.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Reads one tenant's chats. Every call is one round trip and one snapshot.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IChatHistory
{
    /// <summary>The tenant's chats, newest first, then by id, highest first.</summary>
    /// <param name="profile">Only this profile's; a profile that is unknown or another tenant's has no chats.</param>
    /// <param name="size">At most so many rows; 1 to <see cref="PageRequest.MaxSize"/>.</param>
    Task<PageSlice<ChatListItem>> ListAsync(
        TenantId tenant, ProfileId? profile, PagePosition position, int size, CancellationToken cancellationToken);

    /// <summary>
    /// The chat, or null when the tenant has no such chat. Its result lies in memory that is another's once the scope of the
    /// reader ends (<c>IServiceScope</c>): show it before, and keep nothing of it.
    /// </summary>
    Task<ChatDetail?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);
}
