using Dapper;
using Npgsql;

namespace SdkChat.Bench.History;

/// <summary>Tenants of known sizes, each with one profile that has three chats in ten, and one chat with a large result.</summary>
internal sealed class HistoryData(string connectionString)
{
    private const int Profiles = 2000;

    private const string AddProfiles =
        """
        insert into sdk_profile (profile_id, tenant_id, data, created_at, updated_at)
        select md5(@tenant::text || n)::uuid, @tenant, '{"name":"Kim","gender":"F","age":32,"locale":"ko"}', now(), now() from generate_series(0, @profiles - 1) n
        """;

    /// <summary>Ids are in order of creation, as the service makes them.</summary>
    private const string AddChats =
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
          pipeline_notification_items, last_error, created_at, updated_at, ended_at, triggered_xid)
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex((random() * 281474976710655)::bigint), 12, '0'))::uuid,
          @tenant, md5(@tenant::text || case when n % 10 < 3 then 0 else (random() * (@profiles - 1))::integer end)::uuid,
          'Dinner ideas for four, please', status, 'not_started', result, result, result, case status when 'error' then 'The pipeline failed.' end, at, at,
          case status when 'ended' then at end, case when status = 'completed' and n % 3 = 0 then '3'::xid8 end
        from (select n, date_trunc('milliseconds', timestamptz '2026-01-01' + n * (interval '100 days' / @chats)) as at from generate_series(1, @chats) n) made,
          lateral (select case when not @finished then 'in_progress' when n % 100 < 89 then 'completed' when n % 100 < 95 then 'error' else 'ended' end as status) state,
          lateral (select case status when 'completed' then '[]'::bytea end as result) outcome
        """;

    private const string AddLarge =
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, pipeline_todos, pipeline_recommended_items,
          pipeline_notification_items, created_at, updated_at)
        select @chat, @tenant, md5(@tenant::text || 0)::uuid, 'Dinner', 'completed', 'completed', '[]', convert_to(@items, 'UTF8'), '[]', now(), now()
        """;

    /// <summary>The profile with three chats in ten.</summary>
    public Task<Guid> LargeProfileAsync(Guid tenant, CancellationToken cancellationToken) =>
        RunAsync(connection => connection.ExecuteScalarAsync<Guid>(
            Command("select md5(@tenant::text || 0)::uuid", new { tenant }, cancellationToken)));

    /// <param name="finished">Whether the chats are completed, failed and ended rather than in progress.</param>
    public Task FillAsync(Guid tenant, int chats, CancellationToken cancellationToken, bool finished = false) =>
        RunAsync(async connection =>
        {
            await connection.ExecuteAsync(Command("set synchronous_commit = off", null, cancellationToken));
            await connection.ExecuteAsync(Command(AddProfiles, new { tenant, profiles = Profiles }, cancellationToken));
            await connection.ExecuteAsync(Command(AddChats, new { tenant, profiles = Profiles, chats, finished }, cancellationToken));
            // Nothing is searched here, and building the index would disturb what is measured.
            return await connection.ExecuteAsync(Command(SearchData.SkipIndex, null, cancellationToken));
        });

    /// <returns>A chat whose detail is about 100 KB.</returns>
    public Task<Guid> AddLargeAsync(Guid tenant, CancellationToken cancellationToken) => RunAsync(async connection =>
    {
        var chat = Guid.CreateVersion7();
        var random = new Random(1);
        var items = string.Join(',', Enumerable.Range(0, 700).Select(n =>
            $$"""{"id":"{{n}}","name":"Item {{random.Next()}}","price":{{random.Next(1000)}},"reason":{"en":"{{random.NextInt64()}} {{random.NextInt64()}} {{random.NextInt64()}}" } }"""));
        await connection.ExecuteAsync(Command(AddLarge, new { tenant, chat, items = $"[{items}]" }, cancellationToken));
        return chat;
    });

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return await work(connection);
    }

    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken);
}
