namespace SdkChat.Infrastructure.Chats;

/// <summary>Reads a chat's timeline in one statement, and so in one snapshot (migration 0019).</summary>
internal static class ChatTimelineSql
{
    /// <summary>The chat of one tenant.</summary>
    public const string Find = $"with chat as ({Chat} where chat_id = @chat and tenant_id is not distinct from @tenant), {Rest}";

    /// <summary>The chat of any tenant, for the backoffice.</summary>
    public const string CrossTenantFind = $"with chat as ({Chat} where chat_id = @chat), {Rest}";

    private const string Chat =
        """
        select tenant_id, chat_id, profile_session_id, status, last_error, created_at, updated_at, completed_at, ended_at from sdk_chat
        """;

    /// <summary>
    /// The newest triggers, at most <c>@maxTriggers</c> with at most <c>@maxBytes</c> of items, but at least one. For chats completed by a
    /// version that did not store that instant, it is <c>updated_at</c>, unless a trigger has changed that.
    /// </summary>
    private const string Rest =
        """
        measured as (
          select t.revision, t.triggered_at, t.notification_items, count(*) over () as triggers, row_number() over newest_first as number,
            sum(octet_length(t.notification_items)) over newest_first as bytes
          from chat
          join chat_trigger t on t.tenant_id = chat.tenant_id and t.chat_id = chat.chat_id
          window newest_first as (order by t.revision desc)
        ), trigger as (
          select revision, triggered_at, notification_items, triggers from measured
            where number = 1 or (number <= @maxTriggers and bytes <= @maxBytes)
        ), entry as (
          select created_at as at, 0 as type, 0 as number, null::text as status, null::bytea as meta, null::text as last_error,
            null::bytea as items
          from chat
          union all
          select s.stamped_at, 1, s.number, s.status, s.meta, null, null
          from chat
          join session_stamp s on s.tenant_id = chat.tenant_id and s.session_id = chat.profile_session_id
          union all
          select coalesce(completed_at, updated_at), 2, 0, null, null, null, null from chat where status = 'completed'
          union all
          select updated_at, 3, 0, null, null, last_error, null from chat where status = 'error'
          union all
          select triggered_at, 4, revision, null, null, null, notification_items from trigger
          union all
          select ended_at, 5, 0, null, null, null, null from chat where ended_at is not null
        )
        select chat.tenant_id, entry.at, entry.type, entry.status, entry.meta, entry.last_error, entry.items,
          coalesce((select max(triggers) - count(*) from trigger), 0) as omitted
        from chat, entry
        order by entry.at, entry.type, entry.number
        """;
}
