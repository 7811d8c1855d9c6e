using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// The number of a tenant's streams in a reply to a survey for numbers only. Nodes of several versions read each other's replies.
/// </summary>
internal sealed record TenantStreams(Guid Tenant, long Streams)
{
    /// <summary>The number of newest streams in such a request: none. A node of an earlier version replies with its total.</summary>
    public const long Newest = 0;

    public static IEnumerable<TenantStreams> Count(IEnumerable<SseSubscriber> streams) =>
        streams.GroupBy(stream => stream.Tenant.Value).Select(tenant => new TenantStreams(tenant.Key, tenant.LongCount()));
}
