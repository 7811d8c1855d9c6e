namespace SdkChat.Infrastructure.Auditing;

/// <summary>Statements on the audit trail.</summary>
internal static class AuditSql
{
    /// <summary>The service may only add entries and read them, through functions (migration 0020).</summary>
    public const string Append =
        """
        select audit_append(
          @batch, @ids, @instants, @lastInstants, @counts, @callers, @subjects, @actions, @tenants, @targets, @targetKinds,
          @keyPrefixes, @writes,
          @tenantData, @statuses, @requests)
        """;

    /// <summary>
    /// The service may only delete entries that are old (migration 0008). An entry is old if the clocks of the node and of the database
    /// agree: otherwise a node whose clock is a year ahead would delete all but the last month.
    /// </summary>
    public const string Forget = "select audit_forget(least(@now::timestamptz, now()) - make_interval(days => @keepDays), @most)";
}
