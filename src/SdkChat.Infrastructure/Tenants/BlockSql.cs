namespace SdkChat.Infrastructure.Tenants;

/// <summary>Statements on blocked users.</summary>
internal static class BlockSql
{
    /// <summary>Returns no row if there is no such tenant. <c>xmax</c> is 0 in an inserted row, and not 0 in an updated one.</summary>
    public const string Set =
        """
        insert into subject_block (block_id, tenant_id, subject, until, reason, created_at, created_by)
        select @id, tenant_id, @subject, @until, @reason, @created_at, @created_by
        from tenant
        where tenant_id = @tenant
        on conflict (tenant_id, subject) do update
          set until = excluded.until, reason = excluded.reason, created_at = excluded.created_at, created_by = excluded.created_by
        returning block_id, tenant_id, subject, until, reason, created_at, created_by, xmax = 0 as is_new
        """;

    /// <summary>At least one row is returned, so that an empty page has the total too.</summary>
    public const string Page =
        """
        select total.total, b.block_id, b.tenant_id, b.subject, b.until, b.reason, b.created_at, b.created_by
        from (
          select count(*) as total from subject_block where until > @now and (@tenant::uuid is null or tenant_id = @tenant)
        ) total
        left join lateral (
          select block_id, tenant_id, subject, until, reason, created_at, created_by
          from subject_block
          where until > @now and (@tenant::uuid is null or tenant_id = @tenant)
          order by created_at desc, block_id desc
          offset @offset limit @size
        ) b on true
        order by b.created_at desc, b.block_id desc
        """;

    public const string Remove =
        """
        delete from subject_block
        where block_id = @block
        returning block_id, tenant_id, subject, until, reason, created_at, created_by
        """;

    public const string OfTenant =
        """
        select subject, until
        from subject_block
        where tenant_id = @tenant and until > @now
        """;

    /// <summary>
    /// Expired blocks are personal data without a purpose. A block has expired only if the clocks of the node and of the database agree.
    /// </summary>
    public const string Purge = "delete from subject_block where until < least(@before::timestamptz, now())";
}
