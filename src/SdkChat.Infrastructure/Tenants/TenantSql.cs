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

    public const string Revision = "select revision from directory_revision";
}
