using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Auditing;

/// <summary>One audited call: a call across tenants, or one that changed who may call. Contains none of the data that was read.</summary>
/// <param name="At">When the response was sent.</param>
/// <param name="Subject">The subject of the caller's token; null if the call brought no valid credential.</param>
/// <param name="Tenant">The tenant whose data the call was about; null if neither the call nor its response names exactly one.</param>
/// <param name="Target">The chat, profile, stream or block that the call names.</param>
/// <param name="Status">The HTTP status of the response. Refused calls leave an entry too.</param>
/// <param name="RequestId">The response's <c>X-Request-Id</c>.</param>
public sealed record AuditEntry(
    DateTimeOffset At, string? Subject, string Action, TenantId? Tenant, Guid? Target, int Status, string RequestId)
{
    /// <summary>
    /// Whether the caller's credential was verified. Calls without a valid credential have read nothing and appear in the log only.
    /// </summary>
    public bool IsVerified { get; init; } = true;

    public AuditCaller Caller { get; init; }

    /// <summary>The type of <see cref="Target"/>, such as <c>chat</c>; null if there is none.</summary>
    public string? TargetKind { get; init; }

    /// <summary>The prefix of the SDK key that the call names or created; never a whole key.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Whether the call writes.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether the call was about chats or streams, which are tenant data, even if it names no tenant.</summary>
    public bool IsTenantData { get; init; }

    /// <summary>
    /// Identifies the page of a successful read by its filters and position. Reads of one page by the same caller within an hour are stored
    /// as one entry with a count. Null for calls that get an entry of their own.
    /// </summary>
    public string? Page { get; init; }
}

/// <summary>The kind of credential that a call used.</summary>
public enum AuditCaller
{
    Backoffice,

    /// <summary>An admin of a tenant.</summary>
    Tenant,

    /// <summary>An operator command on the command line.</summary>
    Operator,
}
