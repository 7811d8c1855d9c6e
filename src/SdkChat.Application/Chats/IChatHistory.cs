using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Reads one tenant's chats. Every call is one round trip and one snapshot.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IChatHistory
{
    /// <summary>The tenant's chats that meet the filter, newest first, then by id, highest first.</summary>
    /// <param name="size">The maximum number of rows, 1 to <see cref="PageRequest.MaxSize"/>.</param>
    Task<PageSlice<ChatListItem>> ListAsync(
        TenantId tenant, ChatFilter filter, PagePosition position, int size, CancellationToken cancellationToken);

    /// <summary>
    /// The profile's chats, in the same order, for the shopper's app. Contains all that is committed: an app may kick off a chat at one
    /// node and read the list at another. The other members may answer from a standby, as of a few seconds before.
    /// </summary>
    /// <inheritdoc cref="ListAsync"/>
    Task<PageSlice<ChatListItem>> ListOfProfileAsync(
        TenantId tenant, ProfileId profile, ChatFilter filter, PagePosition position, int size, CancellationToken cancellationToken);

    /// <summary>The number of the tenant's chats that meet the filter, by status. Exact, and from one snapshot.</summary>
    Task<ChatCounts> CountAsync(TenantId tenant, ChatFilter filter, CancellationToken cancellationToken);

    /// <summary>The chat, or null if the tenant has no such chat. The caller must dispose of it.</summary>
    Task<ChatDetail?> FindAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);

    /// <summary>Like <see cref="FindAsync"/>, but does not read the result of the version that the caller has.</summary>
    /// <returns><see cref="ChatDetail.IsResultKnown"/> for a chat of that version.</returns>
    Task<ChatDetail?> FindChangedAsync(TenantId tenant, ChatId chat, ChatVersion known, CancellationToken cancellationToken);

    /// <summary>The timeline of the chat; null if the tenant has no such chat.</summary>
    Task<ChatTimeline?> FindTimelineAsync(TenantId tenant, ChatId chat, CancellationToken cancellationToken);
}
