using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>
/// The idempotent requests that were processed, kept for a day. A failed request changed nothing and is not stored: it may be repeated with
/// the same key. <see cref="IChatRepository"/> writes the records, in the transaction of the effect.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>The record; null if the key is new or its record has expired.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<IdempotencyRecord?> FindAsync(TenantId tenant, string key, CancellationToken cancellationToken);
}

/// <summary>A request that was processed, and its response.</summary>
/// <param name="Fingerprint">See <see cref="IdempotentRequest"/>.</param>
/// <param name="NotificationItems">The items in the response to a back-list trigger, to the byte; null for a kickoff.</param>
public sealed record IdempotencyRecord(ReadOnlyMemory<byte> Fingerprint, ChatId Chat, string BackListStatus, RawJson? NotificationItems);
