namespace SdkChat.Api.Live;

/// <summary>An open stream, as the backoffice sees it.</summary>
public sealed class StreamResponse
{
    public required Guid StreamId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>Null when the tenant is no more.</summary>
    public required string? TenantCode { get; init; }

    /// <summary>Who watches, as the token says; null where it does not.</summary>
    public required string? Subject { get; init; }

    /// <summary>The node that holds the stream.</summary>
    public required string Node { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Frames that went to the reader's connection: events, <c>ready</c> and pings.</summary>
    public required long Sent { get; init; }

    /// <summary>Frames that wait because the reader does not take them.</summary>
    public required int Queued { get; init; }
}

/// <summary>One page of open streams.</summary>
/// <param name="Items">Newest first; empty past the end.</param>
/// <param name="Total">All streams, on the nodes that answered.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
/// <param name="Nodes">Whose streams these are.</param>
public sealed record StreamPageResponse(IReadOnlyList<StreamResponse> Items, long Total, int Page, int Size, NodesResponse Nodes);

/// <summary>How many nodes there are, and how many of them answered: only with both alike is a list complete.</summary>
/// <param name="Asked">Nodes that gave a sign of life lately.</param>
/// <param name="Answered">Nodes that answered in time.</param>
public sealed record NodesResponse(int Asked, int Answered);

/// <summary>A stream that was ended.</summary>
public sealed record DisconnectedStreamResponse(Guid StreamId);
