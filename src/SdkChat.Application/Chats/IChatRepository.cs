using SdkChat.Application.Chats.Idempotency;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Changes one tenant's chats. Each write stores the row, the event that the chat raised, and what belongs to them (its run,
/// the idempotency record) in one transaction, and signals <see cref="Live.IEventSignal"/> after the commit.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IChatRepository
{
    /// <summary>A profile's chat, to be decided on.</summary>
    Task<ChatLookup> FindAsync(TenantId tenant, ProfileId profile, ChatId chat, CancellationToken cancellationToken);

    /// <summary>The profile's newest completed chat that has not been ended, if it has one.</summary>
    Task<ChatLookup> FindNewestCompletedAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);

    /// <summary>Stores a chat that was just started, and queues its run.</summary>
    /// <param name="request">The idempotency key and fingerprint of the call; null when it has no key.</param>
    /// <returns><see cref="ChatWrite.Done"/> or <see cref="ChatWrite.AlreadyProcessed"/>.</returns>
    Task<ChatWrite> AddAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken);

    /// <summary>Stores the one transition that the chat has made since it was read, if the row is still as it was read.</summary>
    /// <inheritdoc cref="AddAsync"/>
    /// <exception cref="ArgumentException">The chat has made no transition, or more than one.</exception>
    Task<ChatWrite> SaveAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken);
}
