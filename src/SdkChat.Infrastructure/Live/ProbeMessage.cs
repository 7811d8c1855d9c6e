using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live;

/// <summary>A delivery probe: a message that a node sends to itself through the outbox, the feed or the relay, and the hub.</summary>
/// <param name="Node">The node that sent it (<see cref="Nodes.ThisNode"/>).</param>
/// <param name="Number">The random number of the probe.</param>
internal sealed record ProbeMessage(Guid Node, Guid Number)
{
    /// <summary>
    /// The tenant id under which probes are stored, relayed and subscribed: the nil UUID. No tenant has it and no credential can name it,
    /// so no reader's stream gets a probe.
    /// </summary>
    public static readonly TenantId Tenant = new(Guid.Empty);
}
