using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Statements on the runs whose end is not known.</summary>
internal static class PendingRunSql
{
    /// <summary>Claims due runs of all tenants. Rows that another node is claiming at the same time are skipped.</summary>
    public const string Claim =
        """
        update pipeline_run r
        set due_at = @leasedUntil, attempts = r.attempts + 1
        from (
          select chat_id from pipeline_run
          where due_at <= @now
          order by due_at
          limit @max
          for update skip locked
        ) due
        where r.chat_id = due.chat_id
        returning r.tenant_id, r.chat_id
        """;

    private const string ChatColumns =
        """
        c.chat_id, c.tenant_id, c.profile_id, c.profile_session_id, c.prompt, c.status, c.back_list_status,
               c.last_error, c.created_at, c.updated_at, c.ended_at, c.revision
        """;

    /// <summary>Reads the profile's document, which may be large, only for a run that must be started.</summary>
    public const string Find =
        $"""
        select r.started_at, r.attempts, t.code as tenant_code,
               case when r.started_at is null then {ProfileDocumentSql.Text} end as profile_data,
               {ChatColumns},
               {ProfileSummaryReader.Locale}
        from pipeline_run r
        join sdk_chat c on c.chat_id = r.chat_id and c.tenant_id is not distinct from r.tenant_id
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        cross join lateral (select p.data as document) d
        join tenant t on t.tenant_id = c.tenant_id
        where r.tenant_id = @tenant and r.chat_id = @chat and c.status = 'in_progress'
        """;

    /// <summary>The chat by its key alone, as in <see cref="Find"/> (docs/decisions/0060).</summary>
    public const string FindChat =
        $"""
        select r.attempts, {ChatColumns}
        from pipeline_run r
        join sdk_chat c on c.chat_id = r.chat_id and c.tenant_id is not distinct from r.tenant_id
        where r.tenant_id = @tenant and r.chat_id = @chat and c.status = 'in_progress'
        """;

    public const string Note =
        """
        update pipeline_run
        set started_at = @startedAt, due_at = @dueAt, attempts = case when @progressed then 0 else attempts end
        where tenant_id = @tenant and chat_id = @chat
        """;
}
