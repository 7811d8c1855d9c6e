namespace SdkChat.Api.Tenants;

/// <summary>What is known of the key that was presented.</summary>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>revoked</c>. A key that is not active is refused everywhere else.</param>
/// <param name="KeyType">Always <c>client_sdk</c>.</param>
/// <param name="ExpiresAt">From when on the key is refused; null for never.</param>
public sealed record KeyValidationResponse(
    string Status, string KeyType, string KeyPrefix, string TenantCode, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
