namespace SdkChat.Client;

/// <summary>With which credential an audited call came.</summary>
public enum AuditCaller
{
    /// <summary>One that this client does not know: the service is newer.</summary>
    Unknown,
    Backoffice,

    /// <summary>A tenant's admin.</summary>
    Tenant,

    /// <summary>A verb on the command line.</summary>
    Operator,
}

/// <summary>A call across tenants, or one that changed who may call.</summary>
/// <param name="At">When the call was answered; of several, the first.</param>
/// <param name="LastAt">When the last of them was answered.</param>
/// <param name="Count">
/// How many calls the entry stands for: successful reads of one page by one caller within an hour are one entry.
/// </param>
/// <param name="Subject">Who called, as the token says; null where it does not.</param>
/// <param name="TenantId">Whose data it was about; null where the call names no tenant.</param>
/// <param name="TargetId">The chat, profile, stream or block that the call named.</param>
/// <param name="TargetKind">What the target is, such as <c>chat</c>.</param>
/// <param name="KeyPrefix">The beginning of the SDK key that the call made or revoked.</param>
/// <param name="Status">The HTTP status of the answer; 0 for an operator's verb.</param>
/// <param name="RequestId">The answer's <c>X-Request-Id</c>; of several, the first.</param>
public sealed record AuditEntry(
    Guid AuditId,
    DateTimeOffset At,
    DateTimeOffset LastAt,
    int Count,
    AuditCaller Caller,
    string? Subject,
    string Action,
    Guid? TenantId,
    Guid? TargetId,
    string? TargetKind,
    string? KeyPrefix,
    int Status,
    string RequestId);

/// <summary>Which audit entries; what is null does not count.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
public sealed record AuditFilter(
    string? Subject = null, Guid? Tenant = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>One page of the audit trail.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Total">All entries of the filter, exact.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, long Total, int Page, int Size);

/// <summary>What a super admin read of the tenant.</summary>
/// <param name="At">When it was read; of several reads, the first.</param>
/// <param name="LastAt">When the last of them was made.</param>
/// <param name="Count">How many reads the entry stands for.</param>
/// <param name="ChatId">The chat that was read; null where it was a list.</param>
/// <param name="ProfileId">The profile whose chats were listed; null where the list was not of one profile.</param>
/// <param name="AllTenants">Whether it was a list across all tenants, which may have shown some of this one's rows.</param>
public sealed record AccessEntry(
    DateTimeOffset At, DateTimeOffset LastAt, int Count, string Action, Guid? ChatId, Guid? ProfileId, bool AllTenants);

/// <summary>One page of what super admins read.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Total">All entries of the tenant.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record AccessPage(IReadOnlyList<AccessEntry> Items, long Total, int Page, int Size);
