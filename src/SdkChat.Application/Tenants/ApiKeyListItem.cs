using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>An SDK key as lists show it.</summary>
public sealed record ApiKeyListItem
{
    public required TenantCode Tenant { get; init; }

    /// <summary>The beginning of the key; identifies it when it is revoked.</summary>
    public required string Prefix { get; init; }

    /// <summary>The display name; null for none.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From this instant the key is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null if the key has not been revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Some seconds behind; null if the key has never been used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public ApiKeyState StateAt(DateTimeOffset now) => ApiKeyStates.At(now, ExpiresAt, RevokedAt);
}
