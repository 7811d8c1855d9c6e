using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Opens streams, and has history reads after <c>ready</c> contain all that was committed before it (contract, section 6): a standby may
/// lack events that this node's feed did not read, since no stream carried their kind.
/// </summary>
internal sealed class StreamsWithHistory(SseHub hub, TenantChanges changes) : ILiveStreams
{
    private readonly ILiveStreams _streams = hub;

    public ILiveStream Open(
        TenantId tenant, StreamFilter filter, DateTimeOffset? acceptedUntil, string? subject = null, string? signedBy = null)
    {
        var stream = _streams.Open(tenant, filter, acceptedUntil, subject, signedBy);
        // After the hub has the stream, since later events are delivered, and before a byte of it is sent.
        changes.Changed(tenant);
        return stream;
    }

    public void EndWithdrawn(Func<string, bool> isWithdrawn) => _streams.EndWithdrawn(isWithdrawn);

    public ILiveStream OpenRetryOnly(TenantId tenant) => _streams.OpenRetryOnly(tenant);
}
