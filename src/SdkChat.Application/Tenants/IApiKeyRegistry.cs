using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Where SDK keys are kept, for the operator who makes and revokes them: prefixes and hashes, never a key.</summary>
public interface IApiKeyRegistry
{
    /// <param name="most">Keys of the tenant that may be active or made within a day before this one; null for no limit. Calls at the same time may pass it by a few.</param>
    /// <returns>False, and nothing is stored, where the tenant has that many.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<bool> AddAsync(TenantId tenant, CreatedApiKey key, int? most, CancellationToken cancellationToken);

    /// <summary>Keys by tenant code, then oldest first; revoked and expired ones too.</summary>
    /// <param name="tenant">Null for every tenant's.</param>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<IReadOnlyList<ApiKeyListItem>> ListAsync(TenantId? tenant, CancellationToken cancellationToken);

    /// <summary>Some of one tenant's keys, newest first, and how many it has in all, in one snapshot.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<(IReadOnlyList<ApiKeyListItem> Items, long Total)> ListAsync(TenantId tenant, long offset, int size, CancellationToken cancellationToken);

    /// <summary>Takes effect on every node within 5 s. A key that was revoked before keeps that instant.</summary>
    /// <returns>The key as it is now; null when no key of this tenant has this prefix.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    Task<ApiKeyListItem?> RevokeAsync(TenantId tenant, string prefix, DateTimeOffset at, CancellationToken cancellationToken);
}
