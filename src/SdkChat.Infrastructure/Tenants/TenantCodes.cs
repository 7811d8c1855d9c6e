using System.Collections.Concurrent;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>Codes of the tenants that this node has read since its start, for log lines. A code never changes.</summary>
internal sealed class TenantCodes
{
    private readonly ConcurrentDictionary<TenantId, string> _codes = new();

    public void Add(Tenant tenant) => _codes[tenant.Id] = tenant.Code.Value;

    /// <summary>The code; null if this node has not read the tenant.</summary>
    public string? Find(TenantId tenant) => _codes.GetValueOrDefault(tenant);
}
