namespace SdkChat.Client;

/// <summary>Whether an SDK key may be used.</summary>
public enum ApiKeyStatus
{
    /// <summary>One that this client does not know: the service is newer.</summary>
    Unknown,
    Active,
    Expired,
    Revoked,
}

/// <summary>An SDK key, never the key itself.</summary>
/// <param name="KeyPrefix">The key's beginning, by which it is revoked. Not a secret.</param>
/// <param name="Name">What people call it; null for a key that an operator made without a name.</param>
/// <param name="ExpiresAt">From when on the key is refused; null for never.</param>
/// <param name="RevokedAt">Null while the key has not been revoked.</param>
/// <param name="LastUsedAt">Up to some seconds behind; null where the key has never been used.</param>
public sealed record ApiKey(
    string KeyPrefix,
    string? Name,
    ApiKeyStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt);

/// <summary>An SDK key that was just made.</summary>
/// <param name="Key">The whole key. It is shown this once and stored nowhere.</param>
/// <param name="KeyPrefix">The key's beginning, as lists show it.</param>
/// <param name="ExpiresAt">From when on the key is refused; null for never.</param>
public sealed record CreatedApiKey(string Key, string KeyPrefix, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    /// <summary>The prefix, so that a key that reaches a log by mistake does not show itself.</summary>
    public override string ToString() => KeyPrefix;
}

/// <summary>One page of SDK keys.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Total">All keys of the tenant.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record ApiKeyPage(IReadOnlyList<ApiKey> Items, long Total, int Page, int Size);
