using System.Net.Http.Headers;
using Dapper;
using Npgsql;
using SdkChat.Bench.History;
using SdkChat.Bench.Servers;
using SdkChat.Domain.Tenants;

namespace SdkChat.Bench.Sustained;

/// <summary>What dashboards and apps ask for, in turn.</summary>
internal sealed class MixedReader : IDisposable
{
    private const string List = "/api/v1/sdk-chat";

    private readonly HttpClient _client;
    private readonly (string Path, string Token)[] _requests;

    private MixedReader(int port, (string, string)[] requests)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _requests = requests;
    }

    public static async Task<MixedReader> OpenAsync(SdkChatServer server, HistoryData data, CancellationToken cancellationToken)
    {
        var (tenant, profile) = (server.Tenants[0], await data.LargeProfileAsync(server.Tenants[0], cancellationToken));
        var (chat, token) = (await data.AddLargeAsync(tenant, cancellationToken), Tokens.ForAdmin(tenant, 1));
        if (!TenantCode.TryParse("t-1", out var code))
            throw new InvalidOperationException("That is what the server calls its first tenant.");
        var key = SdkKey.Create(code);
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.ExecuteAsync(
            "insert into api_key (api_key_id, tenant_id, prefix, key_hash, created_at) values (gen_random_uuid(), @tenant, @Prefix, "
                + "@hash, now())",
            new { tenant, key.Prefix, hash = key.Hash() });
        return new MixedReader(server.Port,
        [
            (List, token), ($"{List}?page=1234", token), ($"{List}?profile_id={profile}", token), ($"{List}/{chat}", token),
            ($"/v1/chat/{profile}/recommend/{chat}", key.Secret), ($"/v1/chat/{profile}/recommend", key.Secret),
        ]);
    }

    /// <returns>How many answers came.</returns>
    public async Task<long> RunAsync(int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var count = 0L;
            for (; TimeProvider.System.GetElapsedTime(started) < duration; count++)
                await GetAsync(_requests[(client + count) % _requests.Length], cancellationToken);
            return count;
        }));
        return counts.Sum();
    }

    public void Dispose() => _client.Dispose();

    private async Task GetAsync((string Path, string Token) what, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, what.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", what.Token);
        using var response = await _client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }
}
