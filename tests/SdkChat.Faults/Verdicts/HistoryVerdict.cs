using System.Net.Http.Headers;
using System.Text.Json;
using SdkChat.Faults.Rig;

namespace SdkChat.Faults.Verdicts;

/// <summary>Whether history shows what the database has: read through the proxy, as a client does on each <c>ready</c>.</summary>
internal static class HistoryVerdict
{
    private const int Newest = 100;

    public static async Task<int> MissingAsync(FaultRig rig)
    {
        var missing = 0;
        using var client = new HttpClient { BaseAddress = rig.Proxy.Address };
        foreach (var tenant in rig.Tenants)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sdk-chat?size={Newest}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tenant.AdminToken);
            using var response = await client.SendAsync(request);
            var data = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("data");
            var shown = data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("chat_id").GetGuid()).ToHashSet();
            var newest = await rig.Database.QueryAsync<Guid>(
                "select chat_id from sdk_chat where tenant_id = @tenant order by created_at desc, chat_id desc limit @Newest", new { tenant = tenant.Id, Newest });
            var total = await rig.Database.ScalarAsync<long>("select count(*) from sdk_chat where tenant_id = @tenant", new { tenant = tenant.Id });
            missing += newest.Count(chat => !shown.Contains(chat)) + (int)Math.Abs(total - data.GetProperty("total").GetInt64());
        }

        return missing;
    }
}
