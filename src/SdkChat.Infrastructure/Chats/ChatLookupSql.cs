using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Reads a chat before it is changed. If the profile exists, a row is returned even without a chat.</summary>
internal static class ChatLookupSql
{
    /// <summary>In the order of <see cref="ChatLookupReader"/>, which reads whether the chat is known and the result after them.</summary>
    private const string Columns =
        $"""
        c.chat_id is not null as chat_exists, r.chat_id is not null as run_pending, r.started_at is not null as run_accepted,
               c.chat_id, c.tenant_id, c.profile_id, c.profile_session_id, c.prompt, c.status, c.back_list_status,
               c.last_error, c.created_at, c.updated_at, c.ended_at, c.revision,
               {ProfileSummaryReader.Locale}
        """;

    /// <summary>By its key alone, as in <see cref="ChatWriteSql"/> (docs/decisions/0060).</summary>
    private const string TheChat =
        """
        from sdk_profile p
        left join sdk_chat c on c.chat_id = @chat and c.tenant_id is not distinct from p.tenant_id
          and c.profile_id is not distinct from p.profile_id
        left join pipeline_run r on r.tenant_id = c.tenant_id and r.chat_id = c.chat_id
        """;

    private const string TheProfile = "where p.tenant_id = @tenant and p.profile_id = @profile and p.deleted_at is null";

    public const string Find =
        $"""
        select {Columns}, false as is_known, {ChatResultSql.Columns}
        {TheChat}
        {TheProfile}
        """;

    /// <summary>Leaves out the result of a finished chat of the known version.</summary>
    public const string FindChanged =
        $"""
        select {Columns}, k.is_known, {ChatResultSql.UnlessKnown}
        {TheChat}
        cross join lateral (
          select coalesce(c.status <> 'in_progress' and c.revision = @knownRevision and c.updated_at = @knownUpdatedAt, false) as is_known
        ) k
        {TheProfile}
        """;

    /// <summary>
    /// Both for several chats at a time, of any tenants. The last column is the place of the chat among them, from 1. Each is looked up by
    /// itself: the planner cannot know how few they are.
    /// </summary>
    public const string FindMany =
        $"""
        select {Columns}, k.is_known, {ChatResultSql.UnlessKnown}, n.number::integer
        from unnest(@tenants::uuid[], @profiles::uuid[], @chats::uuid[], @knownRevisions::integer[], @knownUpdatedAts::timestamptz[])
          with ordinality as n (tenant_id, profile_id, chat_id, known_revision, known_updated_at, number)
        cross join lateral (
          select * from sdk_profile where tenant_id = n.tenant_id and profile_id = n.profile_id and deleted_at is null limit 1
        ) p
        left join lateral (
          select * from sdk_chat
          where chat_id = n.chat_id and tenant_id is not distinct from p.tenant_id and profile_id is not distinct from p.profile_id
          limit 1
        ) c on true
        left join lateral (
          select * from pipeline_run where tenant_id = c.tenant_id and chat_id = c.chat_id limit 1
        ) r on true
        cross join lateral (
          select coalesce(c.status <> 'in_progress' and c.revision = n.known_revision
            and c.updated_at = n.known_updated_at, false) as is_known
        ) k
        """;

    public const string FindNewestCompleted =
        $"""
        select {Columns}, false as is_known, {ChatResultSql.Columns}
        from sdk_profile p
        left join lateral (
          select * from sdk_chat
          where tenant_id = p.tenant_id and profile_id = p.profile_id and status = 'completed' and ended_at is null
          order by created_at desc, chat_id desc
          limit 1
        ) c on true
        left join pipeline_run r on r.tenant_id = c.tenant_id and r.chat_id = c.chat_id
        {TheProfile}
        """;
}
