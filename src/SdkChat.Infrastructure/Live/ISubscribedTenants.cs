using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live;

/// <summary>The tenants that have a stream on this node, and <see cref="ProbeMessage.Tenant"/> while probes are sent.</summary>
internal interface ISubscribedTenants
{
    /// <summary>Raised when a tenant may have got its first stream or lost its last. Handlers must return at once.</summary>
    event Action? SubscribedTenantsChanged;

    ICollection<TenantId> SubscribedTenants { get; }

    /// <summary>The kinds that any reader's stream on this node carries, and <see cref="LiveEvents.Default"/> in any case.</summary>
    LiveEvents SubscribedKinds { get; }
}
