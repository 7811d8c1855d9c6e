using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.Idempotency;

/// <summary>Finds the response to a request that was processed before.</summary>
internal static class IdempotencyLookup
{
    /// <returns>The record; null if the request was not processed before, or has no key.</returns>
    /// <exception cref="SdkChatException"><see cref="ErrorCode.IdempotencyMismatch"/>: the key was used with another request.</exception>
    public static async Task<IdempotencyRecord?> FindAsync(
        this IIdempotencyStore store, TenantId tenant, IdempotentRequest? request, CancellationToken cancellationToken)
    {
        if (request is null || await store.FindAsync(tenant, request.Key, cancellationToken) is not { } record)
            return null;

        return record.Fingerprint.Span.SequenceEqual(request.Fingerprint.Span)
            ? record
            : throw new SdkChatException(
                ErrorCode.IdempotencyMismatch, "The Idempotency-Key was used with another request: take a new one.");
    }
}
