using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>Whether a wish has been carried out before.</summary>
internal static class WishLookup
{
    /// <returns>What it was answered with then; null when it was not, or the call bore no key.</returns>
    /// <exception cref="SdkChatException"><see cref="ErrorCode.IdempotencyMismatch"/>: the key was used for another wish.</exception>
    public static async Task<WishRecord?> RecallAsync(this IWishRecords records, TenantId tenant, Wish? wish, CancellationToken cancellationToken)
    {
        if (wish is null || await records.FindAsync(tenant, wish.Key, cancellationToken) is not { } record)
            return null;

        return record.Fingerprint.Span.SequenceEqual(wish.Fingerprint.Span)
            ? record
            : throw new SdkChatException(ErrorCode.IdempotencyMismatch, "The Idempotency-Key was used with another request: take a new one.");
    }
}
