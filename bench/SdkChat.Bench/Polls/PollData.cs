using Dapper;
using Npgsql;
using SdkChat.Bench.History;
using SdkChat.Bench.Servers;
using SdkChat.Domain.Tenants;

namespace SdkChat.Bench.Polls;

/// <summary>One tenant's shoppers, each with a chat whose run the pipeline has accepted, and a finished chat with a large result.</summary>
internal sealed class PollData
{
    /// <summary>Of the next hour, so that no run reaches its time limit.</summary>
    private const string AddChats =
        """
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, @tenant, @profile, 'Dinner ideas for four, please', 'in_progress', 'not_started', at, at
        from generate_series(0, @chats - 1) n, lateral (select date_trunc('milliseconds', now() + interval '1 hour') as at) made
        """;

    /// <summary>Due after the bench, so that only polls ask for them.</summary>
    private const string AddRuns =
        """
        insert into pipeline_run (chat_id, tenant_id, due_at, started_at)
        select chat_id, tenant_id, now() + interval '1 day', now() from sdk_chat where tenant_id = @tenant and status = 'in_progress'
        """;

    private PollData(Guid tenant, Guid profile, Guid finished, string key) =>
        (Tenant, Profile, Finished, Key) = (tenant, profile, finished, key);

    public Guid Tenant { get; }

    public Guid Profile { get; }

    /// <summary>A chat with a result of 100 KB.</summary>
    public Guid Finished { get; }

    public string Key { get; }

    public static async Task<PollData> AddAsync(SdkChatServer server, int chats, CancellationToken cancellationToken)
    {
        var tenant = server.Tenants[0];
        var history = new HistoryData(server.Database.ConnectionString);
        await history.FillAsync(tenant, chats: 10_000, cancellationToken, finished: true);
        var profile = await history.LargeProfileAsync(tenant, cancellationToken);
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.ExecuteAsync(new CommandDefinition(
            AddChats, new { tenant, profile, chats }, commandTimeout: 0, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            AddRuns, new { tenant }, commandTimeout: 0, cancellationToken: cancellationToken));
        var data = new PollData(
            tenant, profile, await history.AddLargeAsync(tenant, cancellationToken), await AddKeyAsync(connection, tenant));
        await server.Database.SettleAsync(cancellationToken);
        return data;
    }

    /// <summary>The path of the shopper's own chat. pgbench computes the same id.</summary>
    public string PathOf(int shopper) => PathOf(Guid.Parse(FormattableString.Invariant($"00000000-0000-7000-8000-{shopper:x12}")));

    public string PathOf(Guid chat) => $"/v1/chat/{Profile}/recommend/{chat}";

    /// <returns>The tag of a poll.</returns>
    public async Task<string> TagAsync(int port, string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-API-KEY", Key);
        request.Headers.Add("Prefer", "wait=0");
        using var response = await client.SendAsync(request, cancellationToken);
        return response.EnsureSuccessStatusCode().Headers.ETag!.ToString();
    }

    private static async Task<string> AddKeyAsync(NpgsqlConnection connection, Guid tenant)
    {
        if (!TenantCode.TryParse("t-1", out var code))
            throw new InvalidOperationException("The server's first tenant has another code.");
        var key = SdkKey.Create(code);
        await connection.ExecuteAsync(
            "insert into api_key (api_key_id, tenant_id, prefix, key_hash, created_at) values (gen_random_uuid(), @tenant, @Prefix, "
                + "@hash, now())",
            new { tenant, key.Prefix, hash = key.Hash() });
        return key.Secret;
    }
}
