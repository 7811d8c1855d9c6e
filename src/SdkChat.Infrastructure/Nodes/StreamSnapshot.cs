using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// A stream in a survey reply. Nodes of several versions read each other's replies: members may be added and not removed.
/// </summary>
internal sealed record StreamSnapshot(Guid Id, Guid Tenant, string? Subject, DateTimeOffset Since, long Sent, int Queued)
{
    public static StreamSnapshot From(SseSubscriber stream)
    {
        var (sent, queued) = stream.Traffic;
        return new StreamSnapshot(stream.Id, stream.Tenant.Value, stream.Subject, stream.Since, sent, queued);
    }

    public OpenStreamInfo On(string node) => new(Id, new TenantId(Tenant), Subject, node, Since, Sent, Queued);
}
