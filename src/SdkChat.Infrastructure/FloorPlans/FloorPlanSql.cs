namespace SdkChat.Infrastructure.FloorPlans;

/// <summary>Statements on floor plans.</summary>
internal static class FloorPlanSql
{
    public const string Find =
        """
        select version, image_type, width, height, octet_length(image) as bytes, updated_at, updated_by
        from floor_plan
        where tenant_id = @tenant
        """;

    public const string FindImage =
        """
        select version, image_type, case when version is distinct from @known::uuid then image end as image
        from floor_plan
        where tenant_id = @tenant
        """;

    public const string Set =
        """
        insert into floor_plan (tenant_id, version, image_type, width, height, image, updated_at, updated_by)
        values (@tenant, @version, @type, @width, @height, @image, @at, @by)
        on conflict (tenant_id) do update
        set (version, image_type, width, height, image, updated_at, updated_by) =
          (excluded.version, excluded.image_type, excluded.width, excluded.height, excluded.image, excluded.updated_at, excluded.updated_by)
        """;

    public const string Remove =
        """
        delete from floor_plan
        where tenant_id = @tenant
        """;
}
