using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Hub;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>A stream as its node tells of it. Nodes of several versions may talk to each other: members may come, none may go.</summary>
internal sealed record ToldStream(Guid Id, Guid Tenant, string? Subject, DateTimeOffset Since, long Sent, int Queued)
{
    public static ToldStream Of(SseSubscriber stream)
    {
        var (sent, queued) = stream.Traffic;
        return new ToldStream(stream.Id, stream.Tenant.Value, stream.Subject, stream.Since, sent, queued);
    }

    public OpenStreamInfo On(string node) => new(Id, new TenantId(Tenant), Subject, node, Since, Sent, Queued);
}
