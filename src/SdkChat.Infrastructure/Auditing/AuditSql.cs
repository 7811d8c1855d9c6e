namespace SdkChat.Infrastructure.Auditing;

/// <summary>Statements on the audit trail.</summary>
internal static class AuditSql
{
    /// <summary>The service may add to the trail and read it, by functions that do no more (migration 0020).</summary>
    public const string Append =
        """
        select audit_append(
          @batch, @ids, @instants, @lastInstants, @counts, @callers, @subjects, @actions, @tenants, @targets, @targetKinds, @keyPrefixes, @writes,
          @tenantData, @statuses, @requests)
        """;

    /// <summary>
    /// The service may add to the record, and forget what is old (migration 0008); nothing else. Old is what both clocks call old: a
    /// node that is a year ahead would else forget all but the last month.
    /// </summary>
    public const string Forget = "select audit_forget(least(@now::timestamptz, now()) - make_interval(days => @keepDays), @most)";
}
