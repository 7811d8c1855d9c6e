using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SdkChat.Api.Authentication.Keys;

/// <summary>All keys of one scheme: its secrets, and those that its issuer publishes.</summary>
internal sealed class SigningKeys
{
    private readonly SecurityKey[] _secrets;
    private readonly PublishedKeys? _published;

    public SigningKeys(
        JwtSchemeOptions options, IHttpClientFactory clients, IHostEnvironment environment, TimeProvider clock, ILogger<PublishedKeys> logger)
    {
        _secrets = [.. options.Secrets.Select(secret => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)))];
        var source = JwksSource.Create(options, clients, environment);
        _published = source is null ? null : new PublishedKeys(source, clock, logger);
    }

    /// <summary>Sees to it that the key a token names is at hand, if it exists.</summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The published keys have never been read, and cannot be now.</exception>
    public ValueTask PrepareAsync(string? keyId, CancellationToken cancellationToken) =>
        _published?.PrepareAsync(keyId, cancellationToken) ?? ValueTask.CompletedTask;

    /// <inheritdoc cref="PublishedKeys.RefreshAsync"/>
    public Task RefreshAsync() => _published?.RefreshAsync() ?? Task.CompletedTask;

    /// <summary>Whether the issuer publishes the key no longer.</summary>
    /// <param name="name">As <see cref="PublishedKeys.NameOf"/> says it.</param>
    public bool IsWithdrawn(string name) => _published is { HasBeenRead: true, Current: var keys } && !keys.Any(key => PublishedKeys.NameOf(key) == name);

    /// <summary>Another object whenever the keys are others.</summary>
    public object Edition => _published?.Current ?? (object)_secrets;

    /// <summary>
    /// The keys that may have signed a token. More than one is harmless: each is tried with the algorithms pinned to it
    /// alone. Secrets have no names, so they are always among them.
    /// </summary>
    public IEnumerable<SecurityKey> Candidates(string? keyId)
    {
        var published = _published?.Current ?? [];
        return string.IsNullOrEmpty(keyId)
            ? [.. published, .. _secrets]
            : [.. published.Where(key => string.IsNullOrEmpty(key.KeyId) || key.KeyId == keyId), .. _secrets];
    }
}
