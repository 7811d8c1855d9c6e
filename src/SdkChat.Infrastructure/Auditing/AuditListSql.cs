namespace SdkChat.Infrastructure.Auditing;

/// <summary>
/// Pages of the audit trail, newest first: the rows of the page, the total and the number of rows before the page, in one snapshot. At
/// least one row is returned, so that an empty page has the total too.
/// </summary>
internal static class AuditListSql
{
    private const string Columns =
        "audit_id, at, last_at, calls, caller, subject, action, tenant_id, target_id, target_kind, key_prefix, status, request_id";

    private const string OfFilter =
        """
        (@subject::text is null or subject = @subject)
          and (@tenant::uuid is null or tenant_id = @tenant)
          and (@action::text is null or action = @action)
          and (@from::timestamptz is null or at >= @from)
          and (@to::timestamptz is null or at < @to)
        """;

    /// <summary>Successful reads by super admins and, on request, their changes.</summary>
    private const string OfTenant =
        """
        (tenant_id = @tenant or (tenant_id is null and is_tenant_data and not is_write))
          and caller = 'backoffice' and (@hasChanges or not is_write) and status < 400
        """;

    private const string Descending = "order by at desc, audit_id desc";
    private const string Ascending = "order by at, audit_id";
    private const string After = "(at, audit_id) < (@key_at, @key_id)";
    private const string Before = "(at, audit_id) > (@key_at, @key_id)";

    public const string EntriesFromOffset = Start + OfFilter + " " + Descending + " offset @offset limit @size" + Middle + OfFilter
        + Between + OfFilter + End;

    public const string EntriesAfter = Start + OfFilter + " and " + After + " " + Descending + " limit @size" + Middle + OfFilter + Between
        + OfFilter + End;

    public const string EntriesBefore = Start + OfFilter + " and " + Before + " " + Ascending + " limit @size" + Middle + OfFilter + Between
        + OfFilter + End;

    public const string EntriesLast = Start + OfFilter + " " + Descending + LastOffset + OfFilter + LastLimit + Middle + OfFilter + Between
        + OfFilter + End;

    public const string AccessFromOffset = Start + OfTenant + " " + Descending + " offset @offset limit @size" + Middle + OfTenant + Between
        + OfTenant + End;

    public const string AccessAfter = Start + OfTenant + " and " + After + " " + Descending + " limit @size" + Middle + OfTenant + Between
        + OfTenant + End;

    public const string AccessBefore = Start + OfTenant + " and " + Before + " " + Ascending + " limit @size" + Middle + OfTenant + Between
        + OfTenant + End;

    public const string AccessLast = Start + OfTenant + " " + Descending + LastOffset + OfTenant + LastLimit + Middle + OfTenant + Between
        + OfTenant + End;

    private const string Start = "with page as (\n  select " + Columns + "\n  from audit_entry\n  where ";

    private const string LastOffset = "\n  offset (select greatest((count(*) - 1) / @size * @size, 0) from audit_entry where ";

    private const string LastLimit = ") limit @size";

    private const string Middle = "\n)\nselect (select count(*) from audit_entry where ";

    private const string Between =
        """
        ) as total,
          (select count(*) from audit_entry
            where (at, audit_id) > (select p.at, p.audit_id from page p order by p.at desc, p.audit_id desc limit 1) and
        """ + " ";

    private const string End =
        ") as skipped,\n  p.audit_id, p.at, p.last_at, p.calls, p.caller, p.subject, p.action, p.tenant_id, p.target_id, p.target_kind, "
        + "p.key_prefix, p.status, p.request_id\nfrom (select 1) one\nleft join page p on true\norder by p.at desc, p.audit_id desc";
}
