using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A shop that uses the service.</summary>
/// <param name="Code">The name in hosts and keys. It never changes.</param>
/// <param name="Name">The display name.</param>
/// <param name="Enabled">Callers of a disabled tenant are refused on every node within 5 s; its data stays.</param>
public sealed record Tenant(TenantId Id, TenantCode Code, string Name, bool Enabled)
{
    /// <summary>The maximum length of a name in characters, after trimming.</summary>
    public const int MaxNameLength = 200;
}
