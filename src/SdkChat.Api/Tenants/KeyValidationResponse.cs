namespace SdkChat.Api.Tenants;

/// <summary>What is known of the key that was presented.</summary>
/// <param name="Status">Always <c>active</c>: any other key is refused.</param>
/// <param name="KeyType">Always <c>client_sdk</c>.</param>
/// <param name="ExpiresAt">From when on the key will be refused; null for never.</param>
public sealed record KeyValidationResponse(
    string Status, string KeyType, string KeyPrefix, string TenantCode, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
