using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>One call that read, or wanted to read, across tenants. It holds nothing of what was read.</summary>
/// <param name="At">When it was answered.</param>
/// <param name="Subject">Who called, as the token says; null where the call brought no credential that verifies.</param>
/// <param name="Tenant">Whose data it was about, as far as the call or its answer names one tenant.</param>
/// <param name="Target">The chat, profile or stream that the call names.</param>
/// <param name="Status">The HTTP status of the answer: refused calls leave an entry too.</param>
/// <param name="RequestId">As the answer's <c>X-Request-Id</c>.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string? Subject, string Action, TenantId? Tenant, Guid? Target, int Status, string RequestId)
{
    /// <summary>Whether the caller's credential was verified. Other calls have read nothing, and are in the log alone.</summary>
    public bool IsVerified { get; init; } = true;
}
