using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>An SDK key that may be used now. The key itself is kept nowhere.</summary>
/// <param name="Tenant">Whose key it is; the tenant may be disabled.</param>
/// <param name="Prefix">The key's beginning, by which people tell keys apart; not a secret.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record ApiKey(TenantId Tenant, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
