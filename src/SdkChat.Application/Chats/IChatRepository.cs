using SdkChat.Application.Chats.Idempotency;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>
/// Changes one tenant's chats. Each write stores the row, its event, the run and the idempotency record in one transaction, and signals
/// <see cref="Live.IEventSignal"/> after the commit.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IChatRepository
{
    /// <summary>A profile's chat, to be changed.</summary>
    Task<ChatLookup> FindAsync(TenantId tenant, ProfileId profile, ChatId chat, CancellationToken cancellationToken);

    /// <summary>Like <see cref="FindAsync"/>, but does not read a finished chat of the version that the caller has.</summary>
    /// <returns><see cref="ChatLookup.IsKnown"/> for such a chat.</returns>
    Task<ChatLookup> FindChangedAsync(
        TenantId tenant, ProfileId profile, ChatId chat, ChatVersion known, CancellationToken cancellationToken);

    /// <summary>The profile's newest completed chat that has not been ended, if any.</summary>
    Task<ChatLookup> FindNewestCompletedAsync(TenantId tenant, ProfileId profile, CancellationToken cancellationToken);

    /// <summary>Stores a new chat and queues its run.</summary>
    /// <param name="request">The idempotency key and fingerprint of the call; null if it has no key.</param>
    /// <returns><see cref="ChatWrite.Done"/> or <see cref="ChatWrite.AlreadyProcessed"/>.</returns>
    Task<ChatWrite> AddAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken);

    /// <summary>Stores the one transition that the chat has made since it was read, provided that the row has not changed since.</summary>
    /// <inheritdoc cref="AddAsync"/>
    /// <exception cref="ArgumentException">The chat has made no transition, or more than one.</exception>
    Task<ChatWrite> SaveAsync(TenantId tenant, Chat chat, IdempotentRequest? request, CancellationToken cancellationToken);
}
