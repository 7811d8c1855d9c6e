using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>An audit entry as it is stored.</summary>
/// <param name="At">When the response was sent; for several calls, that of the first.</param>
/// <param name="LastAt">When the response of the last call was sent.</param>
/// <param name="Count">How many calls the entry stands for: reads of one page within an hour are one entry.</param>
/// <param name="Target">The chat, profile, stream or block that the call named.</param>
/// <param name="TargetKind">The type of <paramref name="Target"/>, such as <c>chat</c>.</param>
/// <param name="RequestId">The response's <c>X-Request-Id</c>; for several calls, that of the first.</param>
public sealed record StoredAuditEntry(
    Guid Id,
    DateTimeOffset At,
    DateTimeOffset LastAt,
    int Count,
    AuditCaller Caller,
    string? Subject,
    string Action,
    TenantId? Tenant,
    Guid? Target,
    string? TargetKind,
    string? KeyPrefix,
    int Status,
    string RequestId);

/// <summary>A read of a tenant's data by a super admin, as the tenant sees it. It does not name the reader.</summary>
/// <param name="IsAllTenants">Whether the call read the data of all tenants.</param>
public sealed record AccessEntry(
    Guid Id, DateTimeOffset At, DateTimeOffset LastAt, int Count, string Action, Guid? Target, string? TargetKind, bool IsAllTenants);
