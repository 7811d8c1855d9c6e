namespace SdkChat.Infrastructure.Chats.Idempotency;

/// <summary>
/// Statements on idempotency records. The database's clock says when a record was made; one has expired when both clocks say so,
/// the node's (<c>@now</c>) and the database's: one that is wrong alone neither removes a record nor has a call carried out twice.
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

    /// <summary>Takes the key, new or expired. Waits for whoever is taking the same one, and does nothing if he commits.</summary>
    public const string Record =
        $"""
        insert into idempotency_key (tenant_id, key, fingerprint, chat_id, profile_id, back_list_status, notification_items, created_at)
        values (@tenant, @key, @fingerprint, @chat, @profile, @backListStatus, @items, now())
        on conflict (tenant_id, key) do update
        set fingerprint = excluded.fingerprint, chat_id = excluded.chat_id, profile_id = excluded.profile_id, back_list_status = excluded.back_list_status,
            notification_items = excluded.notification_items, created_at = excluded.created_at
        where idempotency_key.created_at <= {Expired}
        """;

    /// <summary>A bite at a time: a purge that is behind must not hold anybody up.</summary>
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
