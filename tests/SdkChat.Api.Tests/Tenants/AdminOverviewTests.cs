using System.Globalization;
using System.Net;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

public sealed class AdminOverviewTests
{
    private TestDatabase _database = null!;
    private TestApi _api = null!;
    private Rows _rows = null!;
    private Guid _stuck;

    /// <summary>Ten minutes old..</summary>
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow.AddMinutes(-10);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        await TenantAsync("quiet", 0, 0);
        await TenantAsync("failing", 2, 1);
        await TenantAsync("busy", 5, 0);
        _stuck = await TenantAsync("stuck", 0, 0, waiting: 1);
        var closed = await TenantAsync("closed", 3, 3);
        await _rows.ExecuteAsync("update tenant set enabled = false, name = 'ＳＨＯＰ 상점' where tenant_id = @closed", new { closed });
        _api = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task List_Tenants_ThoseInTroubleComeFirst()
    {
        var data = await DataAsync($"from={Recent}");

        data.EnumerateObject().Select(member => member.Name).Should().Equal("items", "total", "page", "size", "from", "nodes");
        Codes(data).Should().Equal("stuck", "failing", "busy", "quiet", "closed");
        var failing = data.GetProperty("items")[1];
        failing.EnumerateObject().Select(member => member.Name).Should().Equal(
            "tenant_id", "code", "name", "enabled", "chats", "failed", "waiting", "waiting_since", "last_chat_at", "streams",
            "expiring_keys", "next_key_expiry");
        (failing.GetProperty("chats").GetInt64(), failing.GetProperty("failed").GetInt64(), failing.GetProperty("waiting").GetInt64())
            .Should().Be((3L, 1L, 0L));
        var stuck = data.GetProperty("items")[0];
        (stuck.GetProperty("waiting").GetInt64(), stuck.GetProperty("waiting_since").ValueKind).Should().Be((1L, JsonValueKind.String));
        data.GetProperty("nodes").GetRawText().Should().Be("""{"asked":1,"answered":1}""");
    }

    [Test]
    public async Task List_Numbers_AreTheTotalsOfTheList()
    {
        foreach (var item in (await DataAsync($"from={Recent}")).GetProperty("items").EnumerateArray())
        {
            var list = $"/api/v1/admin/sdk-chat?from={Recent}&tenant_id={item.GetProperty("tenant_id").GetGuid()}";
            (await TotalAsync(list), await TotalAsync(list + "&status=error")).Should()
                .Be((item.GetProperty("chats").GetInt64(), item.GetProperty("failed").GetInt64()), item.GetProperty("code").GetString());
        }
    }

    [TestCase("from=2999-01-01", "stuck,busy,failing,quiet,closed", 5)]
    [TestCase("name=상점", "closed", 1)]
    [TestCase("name=shop", "closed", 1)]
    [TestCase("name=%25", "", 0)]
    [TestCase("page=1&size=2&from=2999-01-01", "failing,quiet", 5)]
    [TestCase("page=9&size=500", "", 5)]
    public async Task List_Filtered_HasItsRowsAndTheTrueTotal(string query, string codes, int total)
    {
        var data = await DataAsync(query);

        (string.Join(',', Codes(data)), data.GetProperty("total").GetInt64()).Should().Be((codes, (long)total));
    }

    [Test]
    public async Task List_OpenStreamAndKeyThatExpires_AreCounted()
    {
        using var made = await _api.Client.SendAsync(
            Write($"/api/v1/admin/tenants/{_stuck}/api-keys", """{"name":"a","expires_in_days":7}"""));
        made.StatusCode.Should().Be(HttpStatusCode.Created);
        using var stream = await _api.Client.SendAsync(
            ApiCalls.Request("/api/v1/sdk-chat/events/stream", token: _api.TenantToken(_stuck)), HttpCompletionOption.ResponseHeadersRead);

        var item = (await DataAsync("name=stuck")).GetProperty("items")[0];

        (
            item.GetProperty("streams").GetInt64(), item.GetProperty("expiring_keys").GetInt64(),
            item.GetProperty("next_key_expiry").ValueKind)
            .Should().Be((1L, 1L, JsonValueKind.String));
    }

    [TestCase("from=yesterday", "from")]
    [TestCase("from=2000-01-01", "from")]
    [TestCase("tz=Nowhere", "tz")]
    [TestCase("name=", "name")]
    [TestCase("name=a&name=b", "name")]
    [TestCase("name=a%00", "name")]
    [TestCase("size=0", "size")]
    public async Task List_BadParameter_IsNamed(string query, string parameter)
    {
        using var response = await GetAsync("/overview?" + query);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(parameter);
    }

    [Test]
    public async Task List_TenantsToken_IsRefused()
    {
        using var response = await _api.Client.SendAsync(
            ApiCalls.Request("/api/v1/admin/tenants/overview", token: _api.TenantToken(_stuck)));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task<Guid> TenantAsync(string code, int completed, int failed, int waiting = 0)
    {
        var tenant = await _rows.TenantAsync(code);
        var profile = await _rows.ProfileAsync(tenant);
        foreach (var (status, count) in new[] { ("completed", completed), ("error", failed), ("in_progress", waiting) })
        {
            for (var n = 0; n < count; n++)
                await _rows.ChatAsync(tenant, profile, _started, status);
        }

        return tenant;
    }

    private static string Recent => DateTimeOffset.UtcNow.AddDays(-2).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static IEnumerable<string?> Codes(JsonElement data) =>
        data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString());

    private async Task<JsonElement> DataAsync(string query)
    {
        using var response = await GetAsync("/overview?" + query);
        return await response.DataAsync();
    }

    private async Task<long> TotalAsync(string path)
    {
        using var response = await _api.Client.SendAsync(ApiCalls.Request(path, token: _api.BackofficeToken()));
        return (await response.DataAsync()).GetProperty("total").GetInt64();
    }

    private Task<HttpResponseMessage> GetAsync(string path) =>
        _api.Client.SendAsync(ApiCalls.Request("/api/v1/admin/tenants" + path, token: _api.BackofficeToken()));

    private HttpRequestMessage Write(string path, string body)
    {
        var request = ApiCalls.Request(path, "POST", _api.BackofficeToken());
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return request;
    }
}
