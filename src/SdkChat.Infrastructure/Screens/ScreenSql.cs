namespace SdkChat.Infrastructure.Screens;

/// <summary>Statements on screens. A link that was not used in time is like one that never existed.</summary>
internal static class ScreenSql
{
    /// <summary>A screen is old only if the clocks of the node and of the database agree.</summary>
    public const string RemoveExpired =
        """
        delete from screen
        where tenant_id = @tenant
          and ((activated_at is null and link_until <= @now)
            or revoked_at < least(@revoked_before::timestamptz, now() - make_interval(secs => @keep_seconds)))
        """;

    public const string Add =
        """
        insert into screen (screen_id, tenant_id, name, link_hash, link_until, created_at, created_by)
        select @id, @tenant, @name, @link, @until, @now, @by
        where (select count(*) from screen where tenant_id = @tenant and revoked_at is null) < @most
        """;

    public const string List =
        """
        select screen_id, tenant_id, name, created_at, created_by, link_until, activated_at, last_used_at
        from screen
        where tenant_id = @tenant and revoked_at is null and (activated_at is not null or link_until > @now)
        order by created_at desc, screen_id desc
        """;

    public const string Revoke =
        """
        update screen
        set revoked_at = @at, link_hash = null
        where tenant_id = @tenant and screen_id = @screen and revoked_at is null
        """;

    /// <summary>The row's lock decides between two uses of one link.</summary>
    public const string Activate =
        """
        update screen
        set link_hash = null, token_hash = @token, activated_at = @at
        where link_hash = @link and link_until > @at and revoked_at is null
          and (@tenantCode::text is null or tenant_id = (select tenant_id from tenant where code = @tenantCode))
        """;

    public const string Find =
        """
        select screen_id as id, tenant_id, created_by
        from screen
        where token_hash = @token and revoked_at is null
        """;

    /// <summary>
    /// Of screens of all tenants: a use is known only with its screen. A row is updated at most once a minute: walls call all day.
    /// </summary>
    public const string WriteUses =
        """
        update screen s
        set last_used_at = u.last_used_at
        from (select id, last_used_at from unnest(@ids, @instants) as u (id, last_used_at) order by id) u
        where s.screen_id = u.id and (s.last_used_at is null or s.last_used_at < u.last_used_at - interval '1 minute')
        """;

    public const string Active =
        """
        select s.screen_id
        from screen s
        where s.screen_id = any (@screens) and s.revoked_at is null
          and not exists (select from subject_block b where b.tenant_id = s.tenant_id and b.subject = s.created_by and b.until > @now)
        """;
}
