using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live;

/// <summary>
/// Asks all nodes about the streams that they hold open. An answer takes as long as the slowest node, at most about two
/// seconds: who has not answered by then is left out, and the numbers of nodes say so.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage, through which nodes talk, cannot answer now (every member).</exception>
public interface IStreamSurvey
{
    /// <param name="tenant">Only this tenant's streams; null for all.</param>
    /// <param name="newest">How many streams each node tells of, newest first. The total counts all.</param>
    Task<StreamSurvey> ListAsync(TenantId? tenant, long newest, CancellationToken cancellationToken);

    /// <summary>How many streams each tenant has open.</summary>
    Task<StreamCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Has the node that holds the stream end it as <see cref="StreamEndReason.Disconnected"/>.</summary>
    /// <returns>The stream as it was when it was ended; none where nobody who answered has it.</returns>
    Task<StreamSurvey> DisconnectAsync(Guid stream, CancellationToken cancellationToken);
}

/// <summary>What the nodes said.</summary>
/// <param name="Streams">In no order.</param>
/// <param name="Total">All streams that were asked for, on the nodes that answered.</param>
/// <param name="NodesAsked">Nodes that were thought to be alive: all that gave a sign of life within the last quarter of a minute.</param>
public sealed record StreamSurvey(IReadOnlyList<OpenStreamInfo> Streams, long Total, int NodesAsked, int NodesAnswered);

/// <summary>Open streams by tenant, as the nodes said.</summary>
/// <param name="ByTenant">Without tenants that have none.</param>
/// <param name="NodesAsked">Nodes that were thought to be alive.</param>
/// <param name="NodesAnswered">Those of them whose streams are counted.</param>
public sealed record StreamCounts(IReadOnlyDictionary<TenantId, long> ByTenant, int NodesAsked, int NodesAnswered);

/// <summary>An open stream, from outside.</summary>
/// <param name="Subject">Who watches, as their credential says; null where it does not.</param>
/// <param name="Node">The node that holds it.</param>
/// <param name="Sent">Frames that went to the reader's connection: events, <c>ready</c> and pings.</param>
/// <param name="Queued">Frames that wait because the reader does not take them.</param>
public sealed record OpenStreamInfo(Guid Id, TenantId Tenant, string? Subject, string Node, DateTimeOffset Since, long Sent, int Queued);
