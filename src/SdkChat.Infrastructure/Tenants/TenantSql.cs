namespace SdkChat.Infrastructure.Tenants;

/// <summary>Statements of the directory. They concern tenants, not tenant data.</summary>
internal static class TenantSql
{
    /// <summary>The tenants <c>t</c> that match a filter.</summary>
    public const string Matches =
        """
        (@name::text is null or strpos(lower(normalize(t.code || ' ' || t.name, nfkc)), lower(normalize(@name, nfkc))) > 0)
          and (@ids::uuid[] is null or t.tenant_id = any (@ids))
        """;

    public const string Find =
        """
        select tenant_id, code, name, enabled
        from tenant
        where tenant_id = @tenant
        """;

    public const string FindByCode =
        """
        select tenant_id, code, name, enabled
        from tenant
        where code = @code
        """;

    public const string List =
        """
        select tenant_id, code, name, enabled
        from tenant
        order by code
        """;

    /// <summary>At least one row is returned, so that an empty page has the total too.</summary>
    public const string Page =
        $"""
        with listed as materialized (
          select t.tenant_id, t.code, t.name, t.enabled from tenant t
          where {Matches}
        )
        select total.total, t.tenant_id, t.code, t.name, t.enabled
        from (select count(*) as total from listed) total
        left join lateral (
          select tenant_id, code, name, enabled from listed order by code offset @offset limit @size
        ) t on true
        order by t.code
        """;

    public const string Add =
        """
        insert into tenant (tenant_id, code, name, enabled)
        values (@tenant, @code, @name, @enabled)
        on conflict (code) do nothing
        """;

    /// <summary>
    /// Values that are not given are kept. No row is written if nothing changes, so that a repeated call does not clear the caches of the
    /// nodes.
    /// </summary>
    public const string Update =
        """
        update tenant set name = coalesce(@name, name), enabled = coalesce(@enabled, enabled)
        where tenant_id = @tenant and (name is distinct from coalesce(@name, name) or enabled is distinct from coalesce(@enabled, enabled))
        """;

    /// <summary>The directory's revision and the newest survey request, which every node reads once a second.</summary>
    public const string Revision =
        "select revision, coalesce((select max(inquiry_id) from node_inquiry), 0) as survey from directory_revision";
}
