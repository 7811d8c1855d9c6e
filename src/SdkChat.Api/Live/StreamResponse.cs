namespace SdkChat.Api.Live;

/// <summary>An open stream, as the backoffice sees it.</summary>
public sealed class StreamResponse
{
    public required Guid StreamId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>Null if the tenant no longer exists.</summary>
    public required string? TenantCode { get; init; }

    /// <summary>The subject of the caller's token; null if it has none.</summary>
    public required string? Subject { get; init; }

    /// <summary>The node on which the stream is open.</summary>
    public required string Node { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Frames that were sent to the client's connection: events, <c>ready</c> and pings.</summary>
    public required long Sent { get; init; }

    /// <summary>Frames that are queued because the client does not take them.</summary>
    public required int Queued { get; init; }
}

/// <summary>One page of open streams.</summary>
/// <param name="Items">Newest first; empty past the end.</param>
/// <param name="Total">All streams of the nodes that replied.</param>
/// <param name="Page">The number of this page, from 0.</param>
/// <param name="Size">Rows per page, after capping at 100.</param>
/// <param name="Nodes">The nodes that were asked.</param>
public sealed record StreamPageResponse(IReadOnlyList<StreamResponse> Items, long Total, int Page, int Size, NodesResponse Nodes);

/// <summary>The number of nodes, and how many of them replied. A list is complete only if both are equal.</summary>
/// <param name="Asked">Nodes with a recent heartbeat.</param>
/// <param name="Answered">Nodes that replied in time.</param>
public sealed record NodesResponse(int Asked, int Answered);

/// <summary>A stream that was ended.</summary>
public sealed record DisconnectedStreamResponse(Guid StreamId);
