using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>An SDK key as an admin sees it: never the key itself.</summary>
public sealed class ApiKeyResponse
{
    /// <summary>The prefix of the key; identifies it when it is revoked. Not a secret.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>Null for a key that an operator created without a name.</summary>
    public required string? Name { get; init; }

    public required ApiKeyState Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From this instant the key is refused; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null if the key has not been revoked.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Some seconds behind; null if the key has never been used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>A new SDK key.</summary>
public sealed class CreatedApiKeyResponse
{
    /// <summary>The whole key. It is shown only here and stored nowhere.</summary>
    public required string Key { get; init; }

    /// <summary>The prefix of the key, as lists show it.</summary>
    public required string KeyPrefix { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From this instant the key is refused; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}
