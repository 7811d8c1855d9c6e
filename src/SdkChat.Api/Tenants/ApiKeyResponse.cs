using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>An SDK key, as an admin sees it: never the key itself.</summary>
public sealed class ApiKeyResponse
{
    /// <summary>The key's beginning, by which it is revoked. Not a secret.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>Null for a key that an operator made without one.</summary>
    public required string? Name { get; init; }

    public required ApiKeyState Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on the key is refused; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null while the key has not been revoked.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Up to some seconds behind; null where the key has never been used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>An SDK key that was just made.</summary>
public sealed class CreatedApiKeyResponse
{
    /// <summary>The whole key. It is shown this once and stored nowhere.</summary>
    public required string Key { get; init; }

    /// <summary>The key's beginning, as lists show it.</summary>
    public required string KeyPrefix { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on the key is refused; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
