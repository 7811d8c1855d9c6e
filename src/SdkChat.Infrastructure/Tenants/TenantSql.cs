namespace SdkChat.Infrastructure.Tenants;

/// <summary>The directory's statements. They are about tenants, not on tenant data.</summary>
internal static class TenantSql
{
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

    public const string Add =
        """
        insert into tenant (tenant_id, code, name, enabled)
        values (@tenant, @code, @name, @enabled)
        on conflict (code) do nothing
        """;

    public const string SetEnabled =
        """
        update tenant set enabled = @enabled
        where code = @code
        returning tenant_id, code, name, enabled
        """;

    public const string Revision = "select revision from directory_revision";
}
