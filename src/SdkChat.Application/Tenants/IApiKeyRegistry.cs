using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Where SDK keys are kept, for the operator who makes and revokes them: prefixes and hashes, never a key.</summary>
public interface IApiKeyRegistry
{
    /// <param name="expiresAt">From when on the key is refused; null for never.</param>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task AddAsync(TenantId tenant, SdkKey key, DateTimeOffset createdAt, DateTimeOffset? expiresAt, CancellationToken cancellationToken);

    /// <summary>Keys by tenant code, then oldest first; revoked and expired ones too.</summary>
    /// <param name="tenant">Null for every tenant's.</param>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<IReadOnlyList<ApiKeyListItem>> ListAsync(TenantId? tenant, CancellationToken cancellationToken);

    /// <summary>Takes effect on every node within 5 s. A key that was revoked before keeps that instant.</summary>
    /// <returns>When the key was revoked; null when no key has this prefix.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<DateTimeOffset?> RevokeAsync(string prefix, DateTimeOffset at, CancellationToken cancellationToken);
}
