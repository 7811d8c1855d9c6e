using SdkChat.Application.Auditing;

namespace SdkChat.Api.Auditing;

/// <summary>A call across tenants, or one that changed who may call.</summary>
public sealed class AuditEntryResponse
{
    public required Guid AuditId { get; init; }

    /// <summary>When the response was sent; for several calls, that of the first.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the response of the last call was sent.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How many calls the entry stands for: successful reads of one page by one caller within an hour are one entry.</summary>
    public required int Count { get; init; }

    public required AuditCaller Caller { get; init; }

    /// <summary>The subject of the caller's token; null if it has none.</summary>
    public required string? Subject { get; init; }

    public required string Action { get; init; }

    /// <summary>The tenant whose data the call was about; null if the call names no tenant.</summary>
    public required Guid? TenantId { get; init; }

    /// <summary>The chat, profile, stream or block that the call named.</summary>
    public required Guid? TargetId { get; init; }

    /// <summary>The type of <c>target_id</c>: <c>chat</c>, <c>profile</c>, <c>stream</c> or <c>block</c>.</summary>
    public required string? TargetKind { get; init; }

    /// <summary>The prefix of the SDK key that the call created or revoked.</summary>
    public required string? KeyPrefix { get; init; }

    /// <summary>The HTTP status of the response; 0 for an operator command.</summary>
    public required int Status { get; init; }

    /// <summary>The response's <c>X-Request-Id</c>; for several calls, that of the first.</summary>
    public required string RequestId { get; init; }

    internal static AuditEntryResponse From(StoredAuditEntry entry) => new()
    {
        AuditId = entry.Id,
        At = entry.At,
        LastAt = entry.LastAt,
        Count = entry.Count,
        Caller = entry.Caller,
        Subject = entry.Subject,
        Action = entry.Action,
        TenantId = entry.Tenant?.Value,
        TargetId = entry.Target,
        TargetKind = entry.TargetKind,
        KeyPrefix = entry.KeyPrefix,
        Status = entry.Status,
        RequestId = entry.RequestId,
    };
}
