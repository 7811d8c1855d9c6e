using Microsoft.Extensions.Caching.Memory;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>
/// The tokens of one scheme that have been found good, and what they say: a dashboard shows the same one with every request, and its
/// signature is checked with the first (docs/decisions/0028). What is known is believed for as long as the keys are those it was checked with, the
/// token has not expired, and <see cref="MaxAge"/> has not passed. Tokens themselves are not kept, only what they hash to.
/// </summary>
internal sealed class KnownTokens(TimeProvider clock) : IDisposable
{
    /// <summary>How long a token is believed without being checked again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    /// <summary>Beyond so many, some go. Some 500 bytes each.</summary>
    private const int MostTokens = 10_000;

    private readonly MemoryCache _tokens = new(new MemoryCacheOptions { SizeLimit = MostTokens });

    /// <param name="keys">The keys that a token may be signed with now: <see cref="Keys.SigningKeys.Edition"/>.</param>
    /// <returns>What the token says; null where it has to be checked.</returns>
    public Credential? Find(TokenHash token, object keys) =>
        _tokens.TryGetValue<Known>(token, out var known) && ReferenceEquals(known!.Keys, keys) && clock.GetUtcNow() < known.Until ? known.Credential : null;

    /// <param name="keys">The keys that there were before it was checked.</param>
    public void Remember(TokenHash token, object keys, Credential credential)
    {
        var until = clock.GetUtcNow() + MaxAge;
        if (credential.AcceptedUntil < until)
            until = credential.AcceptedUntil.Value;
        _tokens.Set(token, new Known(credential, keys, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = MaxAge });
    }

    public void Dispose() => _tokens.Dispose();

    private sealed record Known(Credential Credential, object Keys, DateTimeOffset Until);
}
