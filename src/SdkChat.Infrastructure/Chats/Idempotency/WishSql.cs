namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>Statements on idempotency records.</summary>
internal static class WishSql
{
    public const string Find =
        """
        select fingerprint, chat_id, back_list_status, notification_items
        from idempotency_key
        where tenant_id = @tenant and key = @key and created_at > @expired
        """;

    /// <summary>Takes the key, new or expired. Waits for whoever is taking the same one, and does nothing if he commits.</summary>
    public const string Record =
        """
        insert into idempotency_key (tenant_id, key, fingerprint, chat_id, back_list_status, notification_items, created_at)
        values (@tenant, @key, @fingerprint, @chat, @backListStatus, @items, @at)
        on conflict (tenant_id, key) do update
        set fingerprint = excluded.fingerprint, chat_id = excluded.chat_id, back_list_status = excluded.back_list_status,
            notification_items = excluded.notification_items, created_at = excluded.created_at
        where idempotency_key.created_at <= @expired
        """;

    /// <summary>A bite at a time: a purge that is behind must not hold anybody up.</summary>
    public const string Purge =
        """
        delete from idempotency_key
        where (tenant_id, key) in (
          select tenant_id, key from idempotency_key
          where created_at <= @expired
          order by created_at
          limit @max
          for update skip locked
        )
        """;
}
