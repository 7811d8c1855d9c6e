using Dapper;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>The search index of filled tenants, built at once.</summary>
internal sealed class SearchData(string connectionString)
{
    /// <summary>Marks the search index as complete, so that the worker has nothing to add.</summary>
    public const string SkipIndex =
        """
        update chat_search_watermark
        set is_complete = true, open_xids = '{}', last_xid = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8
        """;

    /// <summary>What the worker does, in a few statements: the index of parts is built last, which takes a third of the time.</summary>
    private static readonly string[] Statements =
    [
        "set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'",
        "drop index if exists chat_search_entry_by_part",
        """
        with numbered as (
          select tenant_id, created_at, (row_number() over (partition by tenant_id order by created_at, chat_id) - 1) / 32768 as part
          from sdk_chat where tenant_id = any (@tenants)
        )
        insert into chat_search_segment (tenant_id, lower_at, chats)
        select tenant_id, case when part = 0 then '-infinity' else min(created_at) end, count(*) from numbered group by tenant_id, part
        """,
        """
        insert into chat_search_entry (chat_id, tenant_id, profile_id, segment_id, created_at, content)
        select c.chat_id, c.tenant_id, c.profile_id, s.segment_id, c.created_at, chat_search_content(c.prompt, c.last_error, p.summary_name)
        from (
          select segment_id, tenant_id, lower_at, lead(lower_at, 1, 'infinity') over (partition by tenant_id order by lower_at) as upper_at
          from chat_search_segment where tenant_id = any (@tenants)
        ) s
        cross join lateral (
          select * from sdk_chat c where c.tenant_id = s.tenant_id and c.created_at >= s.lower_at and c.created_at < s.upper_at order by c.created_at
        ) c
        join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        """,
        "create index chat_search_entry_by_part on chat_search_entry using gin (chat_search_keys(segment_id, content)) with (gin_pending_list_limit = 64)",
        "analyze chat_search_entry, chat_search_segment",
        SkipIndex,
    ];

    public async Task BuildAsync(Guid[] tenants, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        foreach (var sql in Statements)
            await connection.ExecuteAsync(new CommandDefinition(sql, new { tenants }, commandTimeout: 0, cancellationToken: cancellationToken));
    }
}
