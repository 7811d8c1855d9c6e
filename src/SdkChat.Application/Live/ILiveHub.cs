using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>This node's open streams, by tenant.</summary>
public interface ILiveHub
{
    /// <summary>
    /// Hands an event to every open stream of the tenant. Returns without waiting for any of them: one that does not keep
    /// up is ended, and delays nobody. Calls for one tenant must come one after the other; their order is the streams'.
    /// </summary>
    /// <param name="name">The event's name on the wire.</param>
    /// <param name="json">One JSON value, serialised once for all.</param>
    void Publish(TenantId tenant, string name, ReadOnlyMemory<byte> json);

    /// <summary>
    /// Opens a stream. Whatever commits from now on reaches it. While the node stops, the stream is over at once, for the
    /// reason <see cref="StreamEndReason.Shutdown"/>.
    /// </summary>
    /// <param name="acceptedUntil">When the caller's token will no longer be accepted, and the stream ends; null for never.</param>
    /// <exception cref="SdkChatException"><see cref="ErrorCode.TooManyStreams"/>: the tenant or the node has as many as it may.</exception>
    /// <exception cref="UnavailableException">The node does not see the events yet.</exception>
    ILiveStream Open(TenantId tenant, DateTimeOffset? acceptedUntil);

    /// <summary>Ends every stream of the tenant.</summary>
    void End(TenantId tenant, StreamEndReason reason);

    /// <summary>Ends every stream of this node; others may open.</summary>
    void EndAll(StreamEndReason reason);

    /// <summary>The tenants that have open streams here.</summary>
    IReadOnlyCollection<TenantId> Watched { get; }
}
