using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>An audit entry as it is stored.</summary>
/// <param name="At">When the call was answered; of several, the first.</param>
/// <param name="LastAt">When the last of them was answered.</param>
/// <param name="Count">How many calls the entry stands for: reads of one page within an hour are one entry.</param>
/// <param name="Target">The chat, profile, stream or block that the call named.</param>
/// <param name="TargetKind">What it is, such as <c>chat</c>.</param>
/// <param name="RequestId">As the answer's <c>X-Request-Id</c>; of several, the first.</param>
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

/// <summary>What super admins read of a tenant, as the tenant sees it: not who.</summary>
/// <param name="IsAllTenants">Whether it was read across all tenants, of which this is one.</param>
public sealed record AccessEntry(
    Guid Id, DateTimeOffset At, DateTimeOffset LastAt, int Count, string Action, Guid? Target, string? TargetKind, bool IsAllTenants);
