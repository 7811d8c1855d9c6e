using SdkChat.Application.Auditing;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>In the row of an empty page, all values except the counts are null.</summary>
internal sealed record AuditListRow(
    long Total,
    long Skipped,
    Guid? AuditId,
    DateTime? At,
    DateTime? LastAt,
    int? Calls,
    string? Caller,
    string? Subject,
    string? Action,
    Guid? TenantId,
    Guid? TargetId,
    string? TargetKind,
    string? KeyPrefix,
    short? Status,
    string? RequestId)
{
    public StoredAuditEntry ToEntry() => new(
        AuditId!.Value,
        At!.Value,
        LastAt ?? At.Value,
        Calls!.Value,
        AuditCallers.Parse(Caller!),
        Subject,
        Action!,
        TenantId is { } tenant ? new TenantId(tenant) : null,
        TargetId,
        Kind,
        KeyPrefix,
        Status!.Value,
        RequestId!);

    public AccessEntry ToAccess() =>
        new(AuditId!.Value, At!.Value, LastAt ?? At.Value, Calls!.Value, Action!, TargetId, Kind, TenantId is null);

    /// <summary>Entries from before migration 0020 have no kind of target; it follows from their action.</summary>
    private string? Kind => TargetId is null ? null : TargetKind ?? Action switch
    {
        "read_chat" => "chat",
        "list_chats" => "profile",
        "disconnect_stream" => "stream",
        _ => null,
    };
}

/// <summary>Converts callers to their stored form.</summary>
internal static class AuditCallers
{
    public static string Name(AuditCaller caller) => caller switch
    {
        AuditCaller.Tenant => "tenant",
        AuditCaller.Operator => "operator",
        _ => "backoffice",
    };

    public static AuditCaller Parse(string name) => name switch
    {
        "tenant" => AuditCaller.Tenant,
        "operator" => AuditCaller.Operator,
        _ => AuditCaller.Backoffice,
    };
}
