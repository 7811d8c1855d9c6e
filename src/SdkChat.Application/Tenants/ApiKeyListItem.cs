using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>What an operator sees of an SDK key.</summary>
public sealed record ApiKeyListItem
{
    public required TenantCode Tenant { get; init; }

    /// <summary>The key's beginning; what it is revoked by.</summary>
    public required string Prefix { get; init; }

    /// <summary>What people call it; null for no name.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null while it has not been revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Up to some seconds behind; null when it has never been used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public ApiKeyState StateAt(DateTimeOffset now) => ApiKeyStates.At(now, ExpiresAt, RevokedAt);
}
