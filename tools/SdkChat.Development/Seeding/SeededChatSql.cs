namespace SdkChat.Development.Seeding;

/// <summary>Statements on generated chats.</summary>
internal static class SeededChatSql
{
    /// <summary>
    /// Chats of all tenants that are in progress without a run, oldest first, from the index of chats in progress. Only generated chats
    /// have no run.
    /// </summary>
    public const string Waiting =
        """
        select c.chat_id, c.tenant_id, c.profile_id, c.profile_session_id, c.prompt, c.status, c.back_list_status,
               c.last_error, c.created_at, c.updated_at, c.ended_at, c.revision, p.data ->> 'locale' as locale
        from sdk_chat c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where c.status = 'in_progress'
          and not exists (select 1 from pipeline_run r where r.tenant_id = c.tenant_id and r.chat_id = c.chat_id)
        order by c.created_at, c.chat_id
        limit @max
        """;
}
