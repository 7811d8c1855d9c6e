using System.Globalization;
using Dapper;
using Npgsql;
using SdkChat.Bench.History;
using SdkChat.Bench.Servers;
using SdkChat.Domain.Tenants;

namespace SdkChat.Bench.Sustained;

/// <summary>What is asked for under the mixed load: paths, and the token or key that may.</summary>
internal sealed record MixedRequests(
    IReadOnlyList<(string Path, string Token)> Lists,
    IReadOnlyList<(string Path, string Token)> Polls,
    IReadOnlyList<(string Path, string Token)> Searches,
    IReadOnlyList<(string Path, string Token)> Exports)
{
    private const string List = "/api/v1/sdk-chat";

    private static readonly string[] Terms = ["라면", "ramen", "ラーメン", "饺子", "の", "e", "quixotic", "龘", "zebra", "ramen vegan"];

    /// <param name="data">Of the first tenant, whose chats have a search index.</param>
    public static async Task<MixedRequests> CreateAsync(SdkChatServer server, HistoryData data, CancellationToken cancellationToken)
    {
        var tenant = server.Tenants[0];
        var profile = await data.LargeProfileAsync(tenant, cancellationToken);
        var chat = await data.AddLargeAsync(tenant, cancellationToken);
        var (admin, exporter, key) = (Tokens.ForAdmin(tenant, 1), Tokens.ForAdmin(tenant, 2), await AddKeyAsync(server, tenant));
        string[] filters =
        [
            "", "?page=1234", $"?profile_id={profile}", "?status=error",
            "?status=completed&from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z", "?triggered=true",
            $"?status=ended&profile_id={profile}&page=3", "?from=2026-06-25T00:00:00Z",
        ];
        return new MixedRequests(
            [.. filters.Select(filter => (List + filter, admin)), ($"{List}/{chat}", admin)],
            [($"/v1/chat/{profile}/recommend/{chat}", key), ($"/v1/chat/{profile}/recommend", key)],
            [.. Terms.Select(term => (string.Create(CultureInfo.InvariantCulture, $"{List}?q={Uri.EscapeDataString(term)}"), admin))],
            [($"{List}/export?format=csv", exporter)]);
    }

    private static async Task<string> AddKeyAsync(SdkChatServer server, Guid tenant)
    {
        if (!TenantCode.TryParse("t-1", out var code))
            throw new InvalidOperationException("The first tenant's code t-1 is not valid.");
        var key = SdkKey.Create(code);
        await using var connection = new NpgsqlConnection(server.Database.ConnectionString);
        await connection.ExecuteAsync(
            "insert into api_key (api_key_id, tenant_id, prefix, key_hash, created_at) values (gen_random_uuid(), @tenant, @Prefix, "
                + "@hash, now())",
            new { tenant, key.Prefix, hash = key.Hash() });
        return key.Secret;
    }
}
