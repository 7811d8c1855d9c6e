using System.Diagnostics;
using Dapper;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>
/// Applies scripts to a filled database while a reader and a writer need the tables of profiles and chats, and measures how long each
/// waits.
/// </summary>
internal static class MigrationRehearsal
{
    public const string Heading =
        "| migration | s | longest read, s | longest write, s | longest wait for a lock, s |\n|---|---|---|---|---|";

    private const string Read =
        """
        select c.chat_id, c.prompt, c.status, p.data from sdk_chat c join sdk_profile p on p.tenant_id = c.tenant_id and p.profile_id = c.profile_id
        where c.tenant_id = (select tenant_id from tenant) order by c.created_at desc, c.chat_id desc limit 20
        """;

    private const string Write =
        """
        with profile as (select profile_id, tenant_id from sdk_profile order by profile_id limit 1),
        written as (update sdk_profile p set updated_at = now() from profile where p.profile_id = profile.profile_id returning p.profile_id)
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
        select gen_random_uuid(), tenant_id, profile_id, 'Dinner ideas?', 'in_progress', 'not_started', now(), now() from profile
        """;

    /// <summary>
    /// How long calls of this database have waited for a lock of a table or a row. The migration's own waits hold up no call by themselves.
    /// </summary>
    private const string LockWait =
        """
        select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)), 0)::float8
        from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where not l.granted and l.locktype in ('relation', 'tuple', 'transactionid') and a.application_name <> 'sdkchat-migrations' and a.datname = current_database()
        """;

    /// <summary>Chats of every status, five to a profile.</summary>
    public static async Task FillAsync(FreshDatabase database, long chats)
    {
        await new Rows(database.ConnectionString).TenantAsync("demo");
        await using var connection = await database.OpenAsync(";Command Timeout=0");
        await connection.ExecuteAsync(
            """
            insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
            select md5(n::text)::uuid, tenant_id, jsonb_build_object('name', 'Shopper ' || n, 'age', n % 90, 'locale', 'ko', 'likes', repeat('x', 200)), now(), now()
            from tenant, generate_series(0, @chats / 5) n
            """,
            new { chats });
        await connection.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
              pipeline_notification_items, last_error, created_at, updated_at, ended_at)
            select gen_random_uuid(), tenant_id, md5((n / 5)::text)::uuid, 'Dinner ideas for four, please', status, 'not_started', result, result, result,
              case status when 'error' then 'The pipeline failed.' end, at, at, case status when 'ended' then at end
            from tenant, generate_series(1, @chats) n,
              lateral (select now() - n * interval '1 second' as at, case when n < 100 then 'in_progress' when n % 100 < 89 then 'completed'
                when n % 100 < 95 then 'error' else 'ended' end as status) made,
              lateral (select case status when 'completed' then '[]'::bytea end as result) outcome
            """,
            new { chats });
    }

    public static async Task<Measured> ApplyAsync(FreshDatabase database, MigrationScript script)
    {
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() => LongestAsync(database, Read, done.Token));
        var writing = Task.Run(() => LongestAsync(database, Write, done.Token));
        var waiting = Task.Run(() => LongestLockWaitAsync(database, done.Token));
        var started = Stopwatch.GetTimestamp();
        await database.MigrateAsync(MigrationScript.All.TakeWhile(other => other.Name != script.Name).Append(script));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await done.CancelAsync();
        return new Measured(script.Name.Split('.')[^2], seconds, await reading, await writing, await waiting);
    }

    private static async Task<double> LongestAsync(FreshDatabase database, string sql, CancellationToken done)
    {
        await using var connection = await database.OpenAsync(";Command Timeout=0");
        var longest = 0d;
        do
        {
            var started = Stopwatch.GetTimestamp();
            await connection.ExecuteAsync(sql);
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        while (!done.IsCancellationRequested);
        return longest;
    }

    /// <summary>Sees a wait that lasts for a few milliseconds or longer.</summary>
    private static async Task<double> LongestLockWaitAsync(FreshDatabase database, CancellationToken done)
    {
        await using var connection = await database.OpenAsync(";Command Timeout=0");
        var longest = 0d;
        do
            longest = Math.Max(longest, await connection.ExecuteScalarAsync<double>(LockWait));
        while (!done.IsCancellationRequested);
        return longest;
    }

    /// <summary>What a script took, and the longest calls and waits meanwhile.</summary>
    internal sealed record Measured(string Script, double Seconds, double LongestRead, double LongestWrite, double LongestLockWait)
    {
        public override string ToString() =>
            FormattableString.Invariant($"| {Script} | {Seconds:F1} | {LongestRead:F2} | {LongestWrite:F2} | {LongestLockWait:F2} |");
    }
}
