namespace SdkChat.Client;

/// <summary>The numbers of a tenant, for the backoffice.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Code">Its code, which never changes.</param>
/// <param name="Name">For people; may change.</param>
/// <param name="Enabled">Whether its callers are accepted.</param>
/// <param name="Chats">Chats since the start of the range.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Waiting">Chats in progress, regardless of when they were started.</param>
/// <param name="WaitingSince">When the oldest of them was started; null if there is none.</param>
/// <param name="LastChatAt">When the newest chat was started; null if there is none.</param>
/// <param name="Streams">Open live streams, on the nodes that replied.</param>
/// <param name="ExpiringKeys">Active SDK keys that expire within 14 days.</param>
/// <param name="NextKeyExpiry">When the first of them expires; null if there is none.</param>
public sealed record TenantOverview(
    Guid TenantId,
    string Code,
    string Name,
    bool Enabled,
    long Chats,
    long Failed,
    long Waiting,
    DateTimeOffset? WaitingSince,
    DateTimeOffset? LastChatAt,
    long Streams,
    long ExpiringKeys,
    DateTimeOffset? NextKeyExpiry);

/// <summary>One page of the overview of tenants.</summary>
/// <param name="Items">Tenants that need attention first.</param>
/// <param name="Total">All tenants that match.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
/// <param name="From">The start of the range in which chats are counted.</param>
/// <param name="Nodes">The nodes whose streams are counted.</param>
public sealed record TenantOverviewPage(
    IReadOnlyList<TenantOverview> Items, long Total, int Page, int Size, DateTimeOffset From, NodeReplies Nodes);

/// <summary>How many nodes were asked for their streams, and how many replied in time.</summary>
/// <param name="Asked">The nodes that are alive.</param>
/// <param name="Answered">The nodes that replied. If there are fewer than were asked, streams are missing.</param>
public sealed record NodeReplies(int Asked, int Answered);
