using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>An SDK key that exists. The key itself is kept nowhere.</summary>
/// <param name="Tenant">Whose key it is; the tenant may be disabled.</param>
/// <param name="Prefix">The key's beginning, by which people tell keys apart; not a secret.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record ApiKey(TenantId Tenant, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>From when on it is refused for good; null while it has not been revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public ApiKeyState StateAt(DateTimeOffset now) => ApiKeyStates.At(now, ExpiresAt, RevokedAt);
}
