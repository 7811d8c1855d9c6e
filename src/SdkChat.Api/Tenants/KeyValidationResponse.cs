namespace SdkChat.Api.Tenants;

/// <summary>The state of the key in the request.</summary>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>revoked</c>. All other calls refuse a key that is not active.</param>
/// <param name="KeyType">Always <c>client_sdk</c>.</param>
/// <param name="ExpiresAt">From this instant the key is refused; null for never.</param>
public sealed record KeyValidationResponse(
    string Status, string KeyType, string KeyPrefix, string TenantCode, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
