namespace SdkChat.Infrastructure.Tenants;

/// <summary>The statements about keys. Who presents a key has no tenant yet: the key tells it.</summary>
internal static class ApiKeySql
{
    /// <summary>Revoked keys too: they are cached like the others, so that an old app costs no round trip a call.</summary>
    public const string Find =
        """
        select api_key_id, tenant_id, prefix, key_hash, created_at, expires_at, revoked_at
        from api_key
        where prefix = @prefix
        """;

    public const string Add =
        """
        insert into api_key (api_key_id, tenant_id, prefix, key_hash, created_at, expires_at)
        values (@id, @tenant, @prefix, @hash, @created_at, @expires_at)
        """;

    public const string List =
        """
        select t.code, k.prefix, k.created_at, k.expires_at, k.revoked_at, u.last_used_at
        from api_key k
        join tenant t on t.tenant_id = k.tenant_id
        left join api_key_use u on u.api_key_id = k.api_key_id
        where @tenant::uuid is null or k.tenant_id = @tenant
        order by t.code, k.created_at, k.prefix
        """;

    public const string Revoke =
        """
        update api_key set revoked_at = coalesce(revoked_at, @at)
        where prefix = @prefix
        returning revoked_at
        """;

    /// <summary>
    /// Joined to the keys, since one that an operator deleted meanwhile must not fail the rest; in their order, so that two
    /// nodes cannot lock each other out.
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
