using System.Net.Http.Headers;
using System.Text.Json;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults.Verdicts;

/// <summary>
/// Whether history shows what the database has: every chat once, in order, with its exact total, by following the links from page to
/// page. Read through the proxy, as a client does on each <c>ready</c>.
/// </summary>
internal static class HistoryVerdict
{
    private sealed record Page(long Total, IReadOnlyList<Guid> Chats, string? Next);

    public static async Task<int> MissingAsync(FaultRig rig)
    {
        var missing = 0;
        using var client = new HttpClient { BaseAddress = rig.Proxy.Address };
        foreach (var tenant in rig.Tenants)
        {
            var chats = await rig.Database.QueryAsync<Guid>(
                "select chat_id from sdk_chat where tenant_id = @tenant order by created_at desc, chat_id desc",
                new { tenant = tenant.Id });
            var shown = new List<Guid>();
            for (var next = "/api/v1/sdk-chat?size=100"; next is not null;)
            {
                var page = await ReadAsync(client, tenant, next);
                missing += (int)Math.Abs(chats.Count - page.Total);
                shown.AddRange(page.Chats);
                next = page.Next;
            }

            var differences = chats.Except(shown).Count() + shown.Count - shown.Distinct().Count();
            missing += differences > 0 || shown.SequenceEqual(chats) ? differences : 1;
        }

        return missing;
    }

    private static async Task<Page> ReadAsync(HttpClient client, RigTenant tenant, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tenant.AdminToken);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var data = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("data");
        Guid[] chats = [.. data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("chat_id").GetGuid())];
        return new Page(
            data.GetProperty("total").GetInt64(), chats,
            response.Headers.TryGetValues("Link", out var links) ? NextIn(string.Join(", ", links)) : null);
    }

    /// <summary><c>&lt;/path?cursor=…&gt;; rel="next"</c> among others.</summary>
    private static string? NextIn(string links) =>
        links.Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } next
            ? next[1..next.IndexOf('>', StringComparison.Ordinal)]
            : null;
}
