using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Ends the streams of tenants that are disabled or deleted.</summary>
internal sealed class DisabledTenantMonitor(SseHub hub, ITenantCache tenants, TimeProvider clock, ILogger<DisabledTenantMonitor> logger)
    : DirectoryMonitor(clock, logger)
{
    protected override string Work => "Check of open streams for disabled tenants";

    internal override async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in hub.SubscribedTenants)
        {
            if (tenant != ProbeMessage.Tenant && await tenants.FindAsync(tenant, cancellationToken) is not { Enabled: true })
                hub.EndAll(tenant, StreamEndReason.TenantDisabled);
        }
    }
}
