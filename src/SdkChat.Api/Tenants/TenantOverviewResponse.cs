using SdkChat.Api.Live;
using SdkChat.Application.Live;

namespace SdkChat.Api.Tenants;

/// <summary>The numbers of a tenant.</summary>
public sealed class TenantOverviewResponse
{
    public required Guid TenantId { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether its callers are accepted.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Chats since <c>from</c>: the <c>total</c> of the list.</summary>
    public required long Chats { get; init; }

    /// <summary>Those of them that failed: the <c>total</c> of the list with <c>status=error</c>.</summary>
    public required long Failed { get; init; }

    /// <summary>Chats in progress, regardless of when they were started.</summary>
    public required long Waiting { get; init; }

    /// <summary>When the oldest of them was started; null if there is none.</summary>
    public required DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the newest chat was started; null if there is none.</summary>
    public required DateTimeOffset? LastChatAt { get; init; }

    /// <summary>Open live streams, on the nodes that replied.</summary>
    public required long Streams { get; init; }

    /// <summary>Active SDK keys that expire within 14 days.</summary>
    public required long ExpiringKeys { get; init; }

    /// <summary>When the first of them expires; null if there is none.</summary>
    public required DateTimeOffset? NextKeyExpiry { get; init; }

    internal static TenantOverviewResponse From(TenantOverviewRow row) => new()
    {
        TenantId = row.Overview.Tenant.Id.Value,
        Code = row.Overview.Tenant.Code.Value,
        Name = row.Overview.Tenant.Name,
        Enabled = row.Overview.Tenant.Enabled,
        Chats = row.Overview.Chats,
        Failed = row.Overview.Failed,
        Waiting = row.Overview.Waiting,
        WaitingSince = row.Overview.WaitingSince,
        LastChatAt = row.Overview.LastChatAt,
        Streams = row.Streams,
        ExpiringKeys = row.Overview.ExpiringKeys,
        NextKeyExpiry = row.Overview.NextKeyExpiry,
    };
}

/// <summary>One page of the overview.</summary>
/// <param name="Items">Tenants that need attention first; empty past the end.</param>
/// <param name="Total">All tenants that match the filter.</param>
/// <param name="Page">The number of this page, from 0.</param>
/// <param name="Size">Rows per page, after capping at 100.</param>
/// <param name="From">The start of the range in which chats are counted.</param>
/// <param name="Nodes">The nodes whose streams are counted.</param>
public sealed record TenantOverviewPageResponse(
    IReadOnlyList<TenantOverviewResponse> Items, long Total, int Page, int Size, DateTimeOffset From, NodesResponse Nodes);
