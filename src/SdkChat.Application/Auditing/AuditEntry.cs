using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>One call across tenants, or one that changed who may call. It holds nothing of what was read.</summary>
/// <param name="At">When it was answered.</param>
/// <param name="Subject">Who called, as the token says; null where the call brought no credential that verifies.</param>
/// <param name="Tenant">Whose data it was about, as far as the call or its answer names one tenant.</param>
/// <param name="Target">The chat, profile, stream or block that the call names.</param>
/// <param name="Status">The HTTP status of the answer: refused calls leave an entry too.</param>
/// <param name="RequestId">As the answer's <c>X-Request-Id</c>.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string? Subject, string Action, TenantId? Tenant, Guid? Target, int Status, string RequestId)
{
    /// <summary>Whether the caller's credential was verified. Other calls have read nothing, and are in the log alone.</summary>
    public bool IsVerified { get; init; } = true;

    public AuditCaller Caller { get; init; }

    /// <summary>What <see cref="Target"/> is, such as <c>chat</c>; null where there is none.</summary>
    public string? TargetKind { get; init; }

    /// <summary>The beginning of the SDK key that the call names or made; never a key.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Whether the call was to change something.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether the call was about chats or streams, which are the tenants' data, also where it names no tenant.</summary>
    public bool IsTenantData { get; init; }

    /// <summary>
    /// Which page a successful read was, by its filters and its place: the same caller's reads of one page within an hour are stored as one entry with
    /// their number. Null for whatever is stored by itself.
    /// </summary>
    public string? Page { get; init; }
}

/// <summary>With which credential a call came.</summary>
public enum AuditCaller
{
    Backoffice,

    /// <summary>A tenant's admin.</summary>
    Tenant,

    /// <summary>The service's own verbs on the command line.</summary>
    Operator,
}
