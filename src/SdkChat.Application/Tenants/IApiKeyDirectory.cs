namespace SdkChat.Application.Tenants;

/// <summary>
/// Which SDK keys are good, from memory. An answer is at most 5 s older than the database (contract, section 1). A key
/// that is found counts as used; that costs no write per request.
/// </summary>
public interface IApiKeyDirectory
{
    /// <param name="presentedKey">The whole key as the caller sent it; may be anything.</param>
    /// <returns>Null when the key is unknown, wrong, revoked or expired.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">It is not in memory, and storage cannot answer now.</exception>
    ValueTask<ApiKey?> FindAsync(string presentedKey, CancellationToken cancellationToken);

    /// <summary>The same for any key that exists, also a revoked or expired one. It does not count as a use.</summary>
    /// <returns>Null when the key is unknown or wrong.</returns>
    /// <exception cref="Common.Exceptions.UnavailableException">It is not in memory, and storage cannot answer now.</exception>
    ValueTask<ApiKey?> FindInAnyStateAsync(string presentedKey, CancellationToken cancellationToken);
}
