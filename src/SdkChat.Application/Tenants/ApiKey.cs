using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>An existing SDK key. The key itself is not stored.</summary>
/// <param name="Tenant">The owner of the key; it may be disabled.</param>
/// <param name="Prefix">The key's beginning, for lists; not a secret.</param>
/// <param name="ExpiresAt">From this instant the key is refused; null for never.</param>
public sealed record ApiKey(TenantId Tenant, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>From this instant the key is refused permanently; null if it has not been revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public ApiKeyState StateAt(DateTimeOffset now) => ApiKeyStates.At(now, ExpiresAt, RevokedAt);
}

/// <summary>Whether a key may be used. A key of a disabled tenant is active, but its callers are refused.</summary>
public enum ApiKeyState
{
    Active,
    Expired,
    Revoked,
}

internal static class ApiKeyStates
{
    public static ApiKeyState At(DateTimeOffset now, DateTimeOffset? expiresAt, DateTimeOffset? revokedAt) =>
        revokedAt is not null ? ApiKeyState.Revoked : expiresAt <= now ? ApiKeyState.Expired : ApiKeyState.Active;
}
