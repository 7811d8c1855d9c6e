using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>
/// The search index of filled tenants: entries in batches by two sessions, each batch in its own transaction, and the indexes last, which
/// takes a third of the time.
/// </summary>
/// <param name="say">Shows how far it is.</param>
internal sealed class SearchData(string connectionString, Action<string> say)
{
    /// <summary>Marks the search index as complete, so that the worker has nothing to add.</summary>
    public const string SkipIndex =
        """
        update chat_search_watermark
        set is_complete = true, open_xids = '{}', last_xid = (pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1)::text::xid8
        """;

    private const string Session = "set synchronous_commit = off; set maintenance_work_mem = '1GB'; set work_mem = '128MB'";

    /// <summary>An interrupted run may have left a part.</summary>
    private const string Begin =
        """
        drop index if exists chat_search_entry_by_part, chat_search_entry_by_segment;
        truncate chat_search_entry, chat_search_segment
        """;

    private const string AddSegments =
        """
        with numbered as (
          select tenant_id, created_at, (row_number() over (partition by tenant_id order by created_at, chat_id) - 1) / 32768 as part
          from sdk_chat where tenant_id = any (@tenants)
        )
        insert into chat_search_segment (tenant_id, lower_at, chats)
        select tenant_id, case when part = 0 then '-infinity' else min(created_at) end, count(*) from numbered group by tenant_id, part
        """;

    private const string Segments =
        "select segment_id, chats from chat_search_segment where tenant_id = any (@tenants) order by tenant_id, lower_at";

    /// <summary>
    /// One look-up of a profile per chat: the planner does not know how few chats a segment has, and would hash all profiles for each.
    /// </summary>
    private const string AddEntries =
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
        cross join lateral (
          select summary_name from sdk_profile where tenant_id = c.tenant_id and profile_id = c.profile_id limit 1
        ) p
        where s.segment_id = @segment
        on conflict (chat_id) do nothing
        """;

    private static readonly (string Name, string Sql)[] Indexes =
    [
        ("order", "create index chat_search_entry_by_segment on chat_search_entry (segment_id, created_at desc, chat_id desc)"),
        (
            "parts",
            "create index chat_search_entry_by_part on chat_search_entry using gin (chat_search_keys(segment_id, content)) with "
            + "(gin_pending_list_limit = 64)"),
    ];

    /// <summary>Of the index that is being built in this database.</summary>
    private const string IndexProgress =
        """
        select coalesce(max(100.0 * blocks_done / nullif(blocks_total, 0)), 0)::integer
        from pg_stat_progress_create_index where relid = 'chat_search_entry'::regclass
        """;

    private static readonly TimeSpan ReportPause = TimeSpan.FromSeconds(5);

    public async Task BuildAsync(Guid[] tenants, CancellationToken cancellationToken)
    {
        say("search index: segments");
        await ExecuteAsync(Begin);
        await ExecuteAsync(AddSegments);
        await AddEntriesAsync(tenants, cancellationToken);
        foreach (var (name, sql) in Indexes)
            await ReportAsync(name, ExecuteAsync(sql), cancellationToken);
        await ExecuteAsync("analyze chat_search_entry, chat_search_segment");
        await ExecuteAsync(SkipIndex);

        Task ExecuteAsync(string sql) =>
            UseAsync(connection => connection.ExecuteAsync(Command(sql, new { tenants }, cancellationToken)), cancellationToken);
    }

    private async Task AddEntriesAsync(Guid[] tenants, CancellationToken cancellationToken)
    {
        var segments = await UseAsync(
            async connection =>
                (await connection.QueryAsync<(int Id, int Chats)>(Command(Segments, new { tenants }, cancellationToken))).AsList(),
            cancellationToken);
        var (waiting, added, total) = (
            new ConcurrentQueue<(int Id, int Chats)>(segments), 0L, segments.Sum(segment => (long)segment.Chats));
        await Task.WhenAll(AddAsync(), AddAsync());

        Task<bool> AddAsync() => UseAsync(
            async connection =>
            {
                while (waiting.TryDequeue(out var segment))
                {
                    await connection.ExecuteAsync(Command(AddEntries, new { tenants, segment = segment.Id }, cancellationToken));
                    say($"search index: {Interlocked.Add(ref added, segment.Chats):N0} of {total:N0} chats");
                }

                return true;
            },
            cancellationToken);
    }

    private async Task ReportAsync(string name, Task build, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ReportPause);
        while (!build.IsCompleted)
        {
            var percent = await UseAsync(
                connection => connection.ExecuteScalarAsync<int>(Command(IndexProgress, null, cancellationToken)), cancellationToken);
            say($"search index: index by {name}, {percent} % of the entries");
            await Task.WhenAny(build, timer.WaitForNextTickAsync(cancellationToken).AsTask());
        }

        await build;
    }

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(Command(Session, null, cancellationToken));
        return await work(connection);
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken);
}
