using Microsoft.Extensions.Caching.Memory;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>
/// A cache of the validated tokens of one scheme and their credentials. A dashboard sends the same token with every request, so its
/// signature is checked once (docs/decisions/0028). An entry is valid while the keys are those that it was checked with, until the token
/// expires or <see cref="MaxAge"/> has passed. Only hashes of tokens are stored.
/// </summary>
internal sealed class ValidatedTokenCache(TimeProvider clock) : IDisposable
{
    /// <summary>How long a token is accepted before it is checked again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>The maximum number of entries, of about 500 bytes each. If it is exceeded, some are removed.</summary>
    private const int MostTokens = 10_000;

    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = MostTokens });

    /// <param name="keys">The current keys of the scheme: <see cref="Keys.SigningKeys.KeySetVersion"/>.</param>
    /// <returns>The credential of the token; null if the token must be checked.</returns>
    public Credential? Find(TokenHash token, object keys) =>
        _tokens.TryGetValue<Known>(token, out var known) && ReferenceEquals(known!.Keys, keys) && clock.GetUtcNow() < known.Until
            ? known.Credential
            : null;

    /// <param name="keys">The keys before the token was checked.</param>
    public void Remember(TokenHash token, object keys, Credential credential)
    {
        var until = clock.GetUtcNow() + MaxAge;
        if (credential.AcceptedUntil < until)
            until = credential.AcceptedUntil.Value;
        _tokens.Set(
            token, new Known(credential, keys, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });
    }

    public void Dispose() => _tokens.Dispose();

    private sealed record Known(Credential Credential, object Keys, DateTimeOffset Until);
}
