using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A shop that uses the service.</summary>
/// <param name="Code">Never changes.</param>
/// <param name="Name">For people; may be anything.</param>
/// <param name="Enabled">A disabled tenant's callers are refused on every node within 5 s; its data stays.</param>
public sealed record Tenant(TenantId Id, TenantCode Code, string Name, bool Enabled)
{
    /// <summary>Characters of a name, after trimming.</summary>
    public const int MaxNameLength = 200;
}
