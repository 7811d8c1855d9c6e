using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Stores SDK keys: prefixes and hashes, never a key.</summary>
public interface IApiKeyRepository
{
    /// <param name="most">
    /// The maximum number of the tenant's keys that are active or were created within a day; null for no limit. Concurrent calls may exceed
    /// it by a few.
    /// </param>
    /// <returns>False if the tenant has reached the limit; nothing is stored then.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<bool> AddAsync(TenantId tenant, CreatedApiKey key, int? most, CancellationToken cancellationToken);

    /// <summary>Keys by tenant code, then oldest first; revoked and expired ones too.</summary>
    /// <param name="tenant">Null for the keys of all tenants.</param>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<IReadOnlyList<ApiKeyListItem>> ListAsync(TenantId? tenant, CancellationToken cancellationToken);

    /// <summary>Some of one tenant's keys, newest first, and how many it has in all, in one snapshot.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<(IReadOnlyList<ApiKeyListItem> Items, long Total)> ListAsync(
        TenantId tenant, long offset, int size, CancellationToken cancellationToken);

    /// <summary>Revokes a key, on every node within 5 s. A key that is already revoked keeps its instant.</summary>
    /// <returns>The key after the change; null if no key of this tenant has this prefix.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<ApiKeyListItem?> RevokeAsync(TenantId tenant, string prefix, DateTimeOffset at, CancellationToken cancellationToken);
}
