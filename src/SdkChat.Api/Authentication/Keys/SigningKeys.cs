using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>All keys of one scheme: its secrets, and the published keys of its issuer.</summary>
internal sealed class SigningKeys
{
    private readonly SecurityKey[] _secrets;
    private readonly PublishedKeys? _published;

    public SigningKeys(
        JwtSchemeOptions options, IHttpClientFactory clients, IHostEnvironment environment, TimeProvider clock,
        ILogger<PublishedKeys> logger)
    {
        _secrets = [.. options.Secrets.Select(secret => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)))];
        var source = JwksSource.Create(options, clients, environment);
        _published = source is null ? null : new PublishedKeys(source, clock, logger);
    }

    /// <summary>Loads the key that a token names, if it exists.</summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">
    /// The published keys were never read, and cannot be read now.
    /// </exception>
    public ValueTask PrepareAsync(string? keyId, CancellationToken cancellationToken) =>
        _published?.PrepareAsync(keyId, cancellationToken) ?? ValueTask.CompletedTask;

    /// <inheritdoc cref="PublishedKeys.RefreshAsync"/>
    public Task RefreshAsync() => _published?.RefreshAsync() ?? Task.CompletedTask;

    /// <summary>Whether the issuer no longer publishes the key.</summary>
    /// <param name="name">The name of the key (<see cref="PublishedKeys.NameOf"/>).</param>
    public bool IsWithdrawn(string name) =>
        _published is { HasBeenRead: true, Current: var keys } && !keys.Any(key => PublishedKeys.NameOf(key) == name);

    /// <summary>The key-set version: another object whenever the keys have changed.</summary>
    public object KeySetVersion => _published?.Current ?? (object)_secrets;

    /// <summary>
    /// The keys that may have signed a token. More than one is harmless: each is tried only with the algorithms pinned to it. Secrets have
    /// no ids, so they are always included.
    /// </summary>
    public IEnumerable<SecurityKey> Candidates(string? keyId)
    {
        var published = _published?.Current ?? [];
        return string.IsNullOrEmpty(keyId)
            ? [.. published, .. _secrets]
            : [.. published.Where(key => string.IsNullOrEmpty(key.KeyId) || key.KeyId == keyId), .. _secrets];
    }
}
