using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>Opens streams on this node's hub.</summary>
public interface ILiveStreams
{
    /// <summary>
    /// Whatever commits after <c>ready</c> can be read from the stream will follow it. A node that is stopping, or that
    /// cannot vouch for that promise, gives a stream that says <c>retry</c> and ends (contract, section 6).
    /// </summary>
    /// <param name="tenant">Whose events.</param>
    /// <param name="acceptedUntil">When the caller's credential stops being accepted; null for never.</param>
    /// <param name="subject">Who watches, for those who ask who does; null where nobody knows.</param>
    /// <param name="signedBy">What signed the caller's credential, where that can be withdrawn (<see cref="EndWithdrawn"/>).</param>
    /// <exception cref="Common.Exceptions.SdkChatException">The tenant or the node has as many streams as it may.</exception>
    ILiveStream Open(TenantId tenant, DateTimeOffset? acceptedUntil, string? subject = null, string? signedBy = null);

    /// <summary>Ends the streams whose credential was signed by what is withdrawn, as <see cref="StreamEndReason.KeyWithdrawn"/>.</summary>
    /// <param name="isWithdrawn">Asked once for each signer.</param>
    void EndWithdrawn(Func<string, bool> isWithdrawn);

    /// <summary>
    /// Opens a stream that says <c>retry</c> and ends as <see cref="StreamEndReason.Unavailable"/>. It gets no event, and no limit applies to
    /// it: a browser's <c>EventSource</c> comes back after it, and after no other status than 200.
    /// </summary>
    /// <param name="tenant">For logs: the tenant that the caller's credential names.</param>
    ILiveStream OpenRetryOnly(TenantId tenant);
}
