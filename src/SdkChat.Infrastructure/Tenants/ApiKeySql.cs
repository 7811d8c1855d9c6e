namespace SdkChat.Infrastructure.Tenants;

/// <summary>Statements on keys. The tenant of a request with a key is known only from the key.</summary>
internal static class ApiKeySql
{
    /// <summary>
    /// Includes revoked keys: they are cached like the others, so that an app with an old key does not cause a round trip per call.
    /// </summary>
    public const string Find =
        """
        select api_key_id, tenant_id, prefix, key_hash, created_at, expires_at, revoked_at
        from api_key
        where prefix = @prefix
        """;

    /// <summary>Stores nothing if the tenant has @most keys that are active or were created after @recent.</summary>
    public const string Add =
        """
        insert into api_key (api_key_id, tenant_id, prefix, key_hash, name, created_at, expires_at)
        select @id, @tenant, @prefix, @hash, @name, @created_at, @expires_at
        where @most::integer is null or @most > (
          select count(*) from api_key k
          where k.tenant_id = @tenant
            and (k.created_at > @recent or (k.revoked_at is null and (k.expires_at is null or k.expires_at > @created_at)))
        )
        """;

    public const string List =
        """
        select t.code, k.prefix, k.name, k.created_at, k.expires_at, k.revoked_at, u.last_used_at
        from api_key k
        join tenant t on t.tenant_id = k.tenant_id
        left join api_key_use u on u.api_key_id = k.api_key_id
        where @tenant::uuid is null or k.tenant_id = @tenant
        order by t.code, k.created_at, k.prefix
        """;

    /// <summary>At least one row is returned, so that an empty page has the total too.</summary>
    public const string Page =
        """
        select total.total, k.code, k.prefix, k.name, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
        from (select count(*) as total from api_key where tenant_id = @tenant) total
        left join lateral (
          select t.code, k.prefix, k.name, k.created_at, k.expires_at, k.revoked_at, u.last_used_at
          from api_key k
          join tenant t on t.tenant_id = k.tenant_id
          left join api_key_use u on u.api_key_id = k.api_key_id
          where k.tenant_id = @tenant
          order by k.created_at desc, k.prefix desc
          offset @offset limit @size
        ) k on true
        order by k.created_at desc, k.prefix desc
        """;

    /// <summary>A key that is already revoked is not updated, so that a repeated call does not clear the caches of the nodes.</summary>
    public const string Revoke =
        """
        update api_key set revoked_at = @at
        where tenant_id = @tenant and prefix = @prefix and revoked_at is null
        """;

    public const string FindInList =
        """
        select t.code, k.prefix, k.name, k.created_at, k.expires_at, k.revoked_at, u.last_used_at
        from api_key k
        join tenant t on t.tenant_id = k.tenant_id
        left join api_key_use u on u.api_key_id = k.api_key_id
        where k.tenant_id = @tenant and k.prefix = @prefix
        """;

    /// <summary>
    /// Joined to the keys, since a key that was deleted meanwhile must not fail the rest; in a fixed order, so that two nodes cannot
    /// deadlock.
    /// </summary>
    public const string WriteUses =
        """
        insert into api_key_use (api_key_id, last_used_at)
        select k.api_key_id, u.last_used_at
        from unnest(@ids, @instants) as u (api_key_id, last_used_at)
        join api_key k on k.api_key_id = u.api_key_id
        order by k.api_key_id
        on conflict (api_key_id) do update set last_used_at = excluded.last_used_at
          where api_key_use.last_used_at < excluded.last_used_at
        """;
}
