using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>
/// The idempotent requests that were processed, kept for a day. A failed request changed nothing and is not stored: it may be sent again
/// with the same key. <see cref="IChatRepository"/> writes the records, in the transaction of the effect.
/// </summary>
public interface IIdempotencyStore
{
    /// <summary>The record, or null when the key is new or was used too long ago.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<IdempotencyRecord?> FindAsync(TenantId tenant, string key, CancellationToken cancellationToken);
}
