using SdkChat.Faults.Load;

namespace SdkChat.Faults.Verdicts;

/// <summary>An event of the wire as the database committed it.</summary>
internal sealed record CommittedRow(long EventId, Guid TenantId, Guid ChatId, string Kind, byte[]? NotificationItems, DateTime CommittedAt)
{
    public const string Sql =
        """
        select event_id, tenant_id, chat_id, kind, notification_items, pg_xact_commit_timestamp(xid::xid) as committed_at
        from chat_event
        where event_id > @after and kind in ('chat_completed', 'backlist_triggered')
        order by event_id
        """;

    public EventIdentity Identity => EventIdentity.From(Kind, ChatId, NotificationItems);
}
