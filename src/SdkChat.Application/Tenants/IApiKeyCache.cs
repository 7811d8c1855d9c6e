namespace SdkChat.Application.Tenants;

/// <summary>
/// Checks SDK keys against a cache. A result is at most 5 s older than the database (contract, section 1). A key that is found is recorded
/// as used, without a write per request.
/// </summary>
public interface IApiKeyCache
{
    /// <param name="presentedKey">The whole key as the caller sent it, not validated.</param>
    /// <returns>Null if the key is unknown, wrong, revoked or expired.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">The key is not in the cache, and storage cannot answer now.</exception>
    ValueTask<ApiKey?> FindAsync(string presentedKey, CancellationToken cancellationToken);

    /// <summary>Finds any existing key, also a revoked or expired one. It is not recorded as used.</summary>
    /// <returns>Null if the key is unknown or wrong.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">The key is not in the cache, and storage cannot answer now.</exception>
    ValueTask<ApiKey?> FindInAnyStateAsync(string presentedKey, CancellationToken cancellationToken);
}
