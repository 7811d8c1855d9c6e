namespace SdkChat.Api.Tenants;

/// <summary>A tenant, as the backoffice sees it.</summary>
public sealed class TenantResponse
{
    public required Guid TenantId { get; init; }

    /// <summary>What its hosts and keys are named after; never changes.</summary>
    public required string Code { get; init; }

    /// <summary>For people; may change.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its callers are let in.</summary>
    public required bool Enabled { get; init; }
}
