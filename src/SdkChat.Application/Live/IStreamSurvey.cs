using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>
/// Asks all nodes about their open streams. A call takes as long as the slowest node, at most about two seconds. Nodes that have not
/// replied by then are left out, which the numbers of nodes show.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">
/// Storage, through which nodes exchange requests and replies, cannot answer now (every member).
/// </exception>
public interface IStreamSurvey
{
    /// <param name="tenant">Only this tenant's streams; null for all.</param>
    /// <param name="newest">How many streams each node returns, newest first. The total counts all.</param>
    Task<StreamSurvey> ListAsync(TenantId? tenant, long newest, CancellationToken cancellationToken);

    /// <summary>How many streams each tenant has open.</summary>
    Task<StreamCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Asks the node that has the stream to end it as <see cref="StreamEndReason.Disconnected"/>.</summary>
    /// <returns>The stream just before its end; no stream if none of the nodes that replied has it.</returns>
    Task<StreamSurvey> DisconnectAsync(Guid stream, CancellationToken cancellationToken);
}

/// <summary>The replies of the nodes.</summary>
/// <param name="Streams">In no order.</param>
/// <param name="Total">All streams that match the request, on the nodes that replied.</param>
/// <param name="NodesAsked">The number of nodes that were considered alive: those with a heartbeat in the last 15 seconds.</param>
public sealed record StreamSurvey(IReadOnlyList<OpenStreamInfo> Streams, long Total, int NodesAsked, int NodesAnswered);

/// <summary>Open streams by tenant, according to the replies of the nodes.</summary>
/// <param name="ByTenant">Tenants without streams are left out.</param>
/// <param name="NodesAsked">The number of nodes that were considered alive.</param>
/// <param name="NodesAnswered">How many of them replied, so that their streams are counted.</param>
public sealed record StreamCounts(IReadOnlyDictionary<TenantId, long> ByTenant, int NodesAsked, int NodesAnswered);

/// <summary>An open stream on any node.</summary>
/// <param name="Subject">The subject of the caller's credential; null if it has none.</param>
/// <param name="Node">The node on which it is open.</param>
/// <param name="Sent">Frames that were sent to the client's connection: events, <c>ready</c> and pings.</param>
/// <param name="Queued">Frames that are queued because the client does not take them.</param>
public sealed record OpenStreamInfo(Guid Id, TenantId Tenant, string? Subject, string Node, DateTimeOffset Since, long Sent, int Queued);
