using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.CreateApiKey;

/// <summary>A key that was just made.</summary>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record CreatedApiKey(SdkKey Key, DateTimeOffset? ExpiresAt)
{
    /// <summary>What people call it; null for no name.</summary>
    public string? Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
