using Microsoft.IdentityModel.Tokens;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>
/// The keys of a JWKS document, in memory. They are read again in the background when they are old, and at once when a token names a key
/// that is not among them, so that an issuer can change keys without a refused request. While the document cannot be read, the last one is
/// used. Why not <c>ConfigurationManager</c>: docs/decisions/0046.
/// </summary>
internal sealed partial class PublishedKeys(JwksSource source, TimeProvider clock, ILogger<PublishedKeys> logger)
{
    private readonly Lock _gate = new();

    private volatile Snapshot? _snapshot;
    private Task _reading = Task.CompletedTask;
    private long? _startedReading;

    /// <summary>The same list object until the document changes.</summary>
    public IReadOnlyList<SecurityKey> Current => _snapshot?.Keys ?? [];

    /// <summary>
    /// Identifies a published key by its id, its numbers and its algorithm. Always the same string object for one key, since every open
    /// stream refers to it. Null for a secret, which comes from the settings and is valid for the life of the process.
    /// </summary>
    public static string? NameOf(SecurityKey? key) =>
        key is JsonWebKey published
            ? string.Intern($"{published.KeyId}/{Base64UrlEncoder.Encode(published.ComputeJwkThumbprint())}/{published.Alg}")
            : null;

    public bool HasBeenRead => _snapshot is not null;

    /// <summary>Reads the document again, unless it was read just before. If it cannot be read, the last one is used.</summary>
    public Task RefreshAsync() => ReadAsync();

    /// <exception cref="UnavailableException">No document was ever read, and none can be read now.</exception>
    public async ValueTask PrepareAsync(string? keyId, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is not null && snapshot.Has(keyId))
        {
            if (clock.GetElapsedTime(snapshot.ReadAt) >= source.MaxAge)
                _ = ReadAsync();
            return;
        }

        await ReadAsync().WaitAsync(cancellationToken);
        if (_snapshot is null)
            throw new UnavailableException(new InvalidOperationException($"The keys at {source.Name} have not been read yet."));
    }

    /// <summary>Joins a read in progress, starts one, or does nothing right after the last one.</summary>
    private Task ReadAsync()
    {
        lock (_gate)
        {
            if (!_reading.IsCompleted || (_startedReading is { } last && clock.GetElapsedTime(last) < source.Pause))
                return _reading;

            _startedReading = clock.GetTimestamp();
            return _reading = Task.Run(ReadNowAsync);
        }
    }

    private async Task ReadNowAsync()
    {
        try
        {
            var text = await source.ReadAsync(CancellationToken.None);
            var keys = _snapshot is { } before && before.Text == text ? before.Keys : Jwks.Parse(text);
            _snapshot = new Snapshot(text, keys, clock.GetTimestamp());
        }
        catch (Exception exception)
        {
            // After any failure, requests continue with the existing keys.
            ReadFailed(source.Name, exception.Message);
        }
    }

    [LoggerMessage(4021, LogLevel.Warning, "The signing keys at {Source} cannot be read: {Reason}")]
    private partial void ReadFailed(string source, string reason);

    private sealed record Snapshot(string Text, IReadOnlyList<SecurityKey> Keys, long ReadAt)
    {
        /// <summary>A token without a key id, and a document whose keys have none, are no reason to read again.</summary>
        public bool Has(string? keyId) =>
            string.IsNullOrEmpty(keyId) || Keys.Any(key => string.IsNullOrEmpty(key.KeyId) || key.KeyId == keyId);
    }
}
