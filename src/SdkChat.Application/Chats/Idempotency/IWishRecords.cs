using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>
/// The wishes that have been carried out, kept a day. Only those: a call that failed has changed nothing, and may be tried
/// again with the same key. They are written by <see cref="IChatRepository"/>, in the transaction of the effect.
/// </summary>
public interface IWishRecords
{
    /// <summary>The record, or null when the key is new or was used too long ago.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<WishRecord?> FindAsync(TenantId tenant, string key, CancellationToken cancellationToken);
}
