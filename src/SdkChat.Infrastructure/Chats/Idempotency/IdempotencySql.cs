namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>
/// Statements on idempotency records. The instant of a record is the database's. A record has expired only if the clocks of the node
/// (<c>@now</c>) and of the database agree: one wrong clock neither removes a record nor lets a request be processed twice.
/// </summary>
internal static class IdempotencySql
{
    private const string Expired = "least(@now::timestamptz, now()) - make_interval(hours => @keepHours)";

    public const string Find =
        $"""
        select fingerprint, chat_id, back_list_status, notification_items
        from idempotency_key
        where tenant_id = @tenant and key = @key and created_at > {Expired}
        """;

    /// <summary>
    /// Takes a new or expired key. Waits for a transaction that is taking the same key, and does nothing if that one commits.
    /// </summary>
    public const string Record =
        $"""
        insert into idempotency_key (tenant_id, key, fingerprint, chat_id, profile_id, back_list_status, notification_items, created_at)
        values (@tenant, @key, @fingerprint, @chat, @profile, @backListStatus, @items, now())
        on conflict (tenant_id, key) do update
        set fingerprint = excluded.fingerprint, chat_id = excluded.chat_id, profile_id = excluded.profile_id,
            back_list_status = excluded.back_list_status,
            notification_items = excluded.notification_items, created_at = excluded.created_at
        where idempotency_key.created_at <= {Expired}
        """;

    /// <summary>Deletes a limited number of records, so that a purge that is behind does not block other statements.</summary>
    public const string Purge =
        $"""
        delete from idempotency_key
        where (tenant_id, key) in (
          select tenant_id, key from idempotency_key
          where created_at <= {Expired}
          order by created_at
          limit @max
          for update skip locked
        )
        """;
}
