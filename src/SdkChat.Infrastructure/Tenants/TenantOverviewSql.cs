namespace SdkChat.Infrastructure.Tenants;

/// <summary>Numbers of all tenants, for the backoffice.</summary>
internal static class TenantOverviewSql
{
    /// <summary>
    /// At least one row is returned, so that an empty page has the total too. The order needs the numbers of all tenants, so the range's
    /// chats are read once for all of them. The history counts, which are read per list, would take ten times as long with a thousand
    /// tenants.
    /// </summary>
    public const string Page =
        $"""
        with listed as materialized (
          select t.tenant_id, t.code, t.name, t.enabled from tenant t
          where {TenantSql.Matches}
        ), today as (
          select c.tenant_id, count(*) as chats, count(*) filter (where c.status = 'error') as failed
          from sdk_chat c
          where c.created_at >= @from
          group by c.tenant_id
        ), waiting as (
          select c.tenant_id, count(*) as waiting, min(c.created_at) as waiting_since
          from sdk_chat c
          where c.status = 'in_progress'
          group by c.tenant_id
        ), expiring as (
          select k.tenant_id, count(*) as expiring_keys, min(k.expires_at) as next_key_expiry
          from api_key k
          where k.revoked_at is null and k.expires_at > @now and k.expires_at <= @soon
          group by k.tenant_id
        ), numbers as (
          select l.tenant_id, l.code, l.name, l.enabled, coalesce(d.chats, 0) as chats, coalesce(d.failed, 0) as failed,
            coalesce(w.waiting, 0) as waiting, w.waiting_since,
            coalesce(e.expiring_keys, 0) as expiring_keys, e.next_key_expiry
          from listed l
          left join today d on d.tenant_id = l.tenant_id
          left join waiting w on w.tenant_id = l.tenant_id
          left join expiring e on e.tenant_id = l.tenant_id
        ), page as (
          select n.tenant_id, n.code, n.name, n.enabled, n.chats, n.failed, n.waiting, n.waiting_since, n.expiring_keys, n.next_key_expiry,
            row_number() over (
              order by n.enabled desc, coalesce(n.waiting_since < @late, false) desc,
                n.failed::float8 * n.failed / greatest(n.chats, 1) desc,
                n.expiring_keys > 0 desc, n.chats desc, n.code
            ) as place
          from numbers n
        )
        select total.total, p.tenant_id, p.code, p.name, p.enabled, p.chats, p.failed, p.waiting, p.waiting_since,
          last.created_at as last_chat_at,
          p.expiring_keys, p.next_key_expiry
        from (select count(*) as total from listed) total
        left join page p on p.place > @offset and p.place <= @offset + @size
        left join lateral (
          select c.created_at from sdk_chat c where c.tenant_id = p.tenant_id order by c.created_at desc, c.chat_id desc limit 1
        ) last on true
        order by p.place
        """;
}
