using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>What is known of the key that was presented.</summary>
/// <param name="Status">Any key that is not <c>active</c> is refused everywhere else.</param>
/// <param name="KeyType">Always <c>client_sdk</c>.</param>
/// <param name="ExpiresAt">From when on the key is refused; null for never.</param>
public sealed record KeyValidationResponse(
    ApiKeyState Status, string KeyType, string KeyPrefix, string TenantCode, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
