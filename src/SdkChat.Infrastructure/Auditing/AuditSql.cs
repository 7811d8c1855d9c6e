namespace SdkChat.Infrastructure.Auditing;

/// <summary>Statements on the record of who looked across tenants.</summary>
internal static class AuditSql
{
    /// <summary>One that was stored although nobody said so, as the connection broke, is not stored twice.</summary>
    public const string Append =
        """
        insert into audit_entry (audit_id, at, subject, action, tenant_id, target_id, status, request_id)
        select audit_id, at, subject, action, tenant_id, target_id, status, request_id
        from unnest(@ids, @instants, @subjects, @actions, @tenants, @targets, @statuses, @requests)
          as entry (audit_id, at, subject, action, tenant_id, target_id, status, request_id)
        on conflict do nothing
        """;

    /// <summary>
    /// The service may add to the record, and forget what is old (migration 0008); nothing else. Old is what both clocks call old: a
    /// node that is a year ahead would else forget all but the last month.
    /// </summary>
    public const string Forget = "select audit_forget(least(@now::timestamptz, now()) - make_interval(days => @keepDays), @most)";
}
