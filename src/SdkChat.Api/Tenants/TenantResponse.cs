namespace SdkChat.Api.Tenants;

/// <summary>A tenant, as the backoffice sees it.</summary>
public sealed class TenantResponse
{
    public required Guid TenantId { get; init; }

    /// <summary>The name in its hosts and keys. It never changes.</summary>
    public required string Code { get; init; }

    /// <summary>The display name; it may change.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its callers are accepted.</summary>
    public required bool Enabled { get; init; }
}
