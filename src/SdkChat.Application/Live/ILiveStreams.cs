using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>Opens streams on this node's hub.</summary>
public interface ILiveStreams
{
    /// <summary>
    /// Opens a stream that begins with <c>ready</c> and carries the events that commit afterwards. On a node that is stopping, or whose
    /// feed may have missed events, the stream only sends <c>retry</c> and ends (contract, section 6).
    /// </summary>
    /// <param name="tenant">The tenant whose events the stream carries.</param>
    /// <param name="filter">Selects among the tenant's events.</param>
    /// <param name="acceptedUntil">When the caller's credential stops being accepted; null for never.</param>
    /// <param name="subject">The subject of the caller's credential, shown to the backoffice; null if it has none.</param>
    /// <param name="signedBy">The key that signed the caller's credential, if it can be withdrawn (<see cref="EndWithdrawn"/>).</param>
    /// <exception cref="Common.Exceptions.SdkChatException">The tenant or the node has reached its limit of streams.</exception>
    ILiveStream Open(TenantId tenant, StreamFilter filter, DateTimeOffset? acceptedUntil, string? subject = null, string? signedBy = null);

    /// <summary>Ends the streams whose credential was signed with a withdrawn key, as <see cref="StreamEndReason.KeyWithdrawn"/>.</summary>
    /// <param name="isWithdrawn">Called once for each signer.</param>
    void EndWithdrawn(Func<string, bool> isWithdrawn);

    /// <summary>
    /// Opens a stream that only sends <c>retry</c> and ends as <see cref="StreamEndReason.Unavailable"/>. It gets no event and counts
    /// against no limit. A browser's <c>EventSource</c> reconnects after it, but not after an error status.
    /// </summary>
    /// <param name="tenant">For logs: the tenant that the caller's credential names.</param>
    ILiveStream OpenRetryOnly(TenantId tenant);
}

/// <summary>One open stream of events. Disposing removes it from the hub.</summary>
public interface ILiveStream : IDisposable
{
    /// <summary>Ends the stream. The first reason is kept; later calls have no effect.</summary>
    void End(StreamEndReason reason);
}
