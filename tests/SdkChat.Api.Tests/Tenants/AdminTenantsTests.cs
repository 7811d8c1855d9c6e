using System.Net;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

public sealed class AdminTenantsTests
{
    private TestDatabase _database = null!;
    private TestApi _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var rows = new Rows(_database.ConnectionString);
        foreach (var code in new[] { "zoo", "acme", "middle" })
            await rows.TenantAsync(code, enabled: code != "zoo");
        _api = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task List_All_IsByCode()
    {
        var data = await ListAsync("");

        data.EnumerateObject().Select(member => member.Name).Should().Equal("items", "total", "page", "size");
        Codes(data).Should().Equal("acme", "middle", "zoo");
        var last = data.GetProperty("items")[2];
        last.EnumerateObject().Select(member => member.Name).Should().Equal("tenant_id", "code", "name", "enabled");
        last.GetProperty("enabled").GetBoolean().Should().BeFalse();
        (data.GetProperty("total").GetInt64(), data.GetProperty("page").GetInt32(), data.GetProperty("size").GetInt32())
            .Should().Be((3L, 0, 20));
    }

    [TestCase("page=1&size=2", "zoo", 1, 2)]
    [TestCase("page=7&size=500", "", 7, 100)]
    public async Task List_Page_HasItsRowsAndTheTrueTotal(string query, string codes, int page, int size)
    {
        var data = await ListAsync(query);

        string.Join(',', Codes(data)).Should().Be(codes);
        (data.GetProperty("total").GetInt64(), data.GetProperty("page").GetInt32(), data.GetProperty("size").GetInt32())
            .Should().Be((3L, page, size));
    }

    [Test]
    public async Task List_Links_WalkByNumber()
    {
        using var response = await GetAsync("page=1&size=1");

        response.Headers.GetValues("Link").Single().Should().Be(
            """
            </api/v1/admin/tenants?size=1&page=2>; rel="next", </api/v1/admin/tenants?size=1&page=0>; rel="prev", </api/v1/admin/tenants?size=1&page=0>; rel="first", </api/v1/admin/tenants?size=1&page=2>; rel="last"
            """);
    }

    [TestCase("name=MIDD", "middle")]
    [TestCase("name=o", "zoo")]
    [TestCase("name=_", "")]
    public async Task List_Name_IsFoundInAnyCase(string query, string codes)
    {
        var data = await ListAsync(query);

        (string.Join(',', Codes(data)), data.GetProperty("total").GetInt32()).Should().Be((codes, codes.Length == 0 ? 0 : 1));
    }

    [Test]
    public async Task List_Ids_AreTheseTenantsAlone()
    {
        var all = (await ListAsync("")).GetProperty("items");

        var data = await ListAsync($"ids={all[2].GetProperty("tenant_id")},{Guid.NewGuid()},{all[0].GetProperty("tenant_id")}");

        (string.Join(',', Codes(data)), data.GetProperty("total").GetInt32()).Should().Be(("acme,zoo", 2));
    }

    [Test]
    public async Task List_IdsOverTheLimit_AreRefused()
    {
        using var response = await GetAsync("ids=" + string.Join(',', Enumerable.Repeat(Guid.NewGuid(), 101)));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [TestCase("ids=", "ids")]
    [TestCase("ids=x", "ids")]
    [TestCase("name=", "name")]
    [TestCase("page=-1", "page")]
    [TestCase("size=x", "size")]
    public async Task List_BadParameter_IsNamed(string query, string parameter)
    {
        using var response = await GetAsync(query);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(parameter);
    }

    [Test]
    public async Task Tenant_LifeOfOne_IsAddedRenamedDisabledAndAudited()
    {
        using var added = await SendAsync("POST", "", """{"code":"New-Shop","name":" 새 상점 "}""");
        added.StatusCode.Should().Be(HttpStatusCode.Created);
        var tenant = await added.DataAsync();
        tenant.EnumerateObject().Select(member => member.Name).Should().Equal("tenant_id", "code", "name", "enabled");
        (tenant.GetProperty("code").GetString(), tenant.GetProperty("name").GetString(), tenant.GetProperty("enabled").GetBoolean())
            .Should().Be(("new-shop", "새 상점", true));
        var id = tenant.GetProperty("tenant_id").GetGuid();
        (await StatusOfListAsync(id)).Should().Be(200);

        using var taken = await SendAsync("POST", "", """{"code":"new-shop","name":"Other"}""");
        ((int)taken.StatusCode, await taken.FailureCodeAsync()).Should().Be((409, "TENANT_EXISTS"));

        using var renamed = await SendAsync("PATCH", $"/{id}", """{"name":"Renamed"}""");
        (await renamed.DataAsync()).GetProperty("name").GetString().Should().Be("Renamed");
        using var disabled = await SendAsync("PATCH", $"/{id}", """{"enabled":false,"name":null}""");
        var now = await disabled.DataAsync();
        (now.GetProperty("name").GetString(), now.GetProperty("enabled").GetBoolean()).Should().Be(("Renamed", false));
        await Eventually.TrueAsync(async () => await StatusOfListAsync(id) == 403);

        await new Rows(_database.ConnectionString).ExecuteAsync("delete from tenant where tenant_id = @id", new { id });
        await Eventually.TrueAsync(() => new Rows(_database.ConnectionString).ScalarAsync<bool>(
            "select array_agg(action || ' ' || status order by at, audit_id) = '{add_tenant 201,update_tenant 200,update_tenant 200}' "
                + "from audit_entry where tenant_id = @id",
            new { id }));
    }

    private static IEnumerable<TestCaseData> BadWrites =>
    [
        new("POST", "", """{"name":"a"}""", 400, "code"),
        new("POST", "", """{"code":"a"}""", 400, "name"),
        new("POST", "", """{"code":"admin","name":"a"}""", 400, "code"),
        new("POST", "", """{"code":"a_b","name":"a"}""", 400, "code"),
        new("POST", "", """{"code":"\u212Aoala","name":"a"}""", 400, "code"),
        new("POST", "", """{"code":5,"name":"a"}""", 400, "code"),
        new("POST", "", """{"code":"a","name":"a\u0000"}""", 400, "name"),
        new("PATCH", $"/{Guid.NewGuid()}", "{}", 400, "body"),
        new("PATCH", $"/{Guid.NewGuid()}", """{"name":null,"enabled":null}""", 400, "body"),
        new("PATCH", $"/{Guid.NewGuid()}", """{"enabled":"yes"}""", 400, "enabled"),
        new("PATCH", $"/{Guid.NewGuid()}", """{"name":""}""", 400, "name"),
        new("PATCH", "/x", """{"name":"a"}""", 400, "tenant_id"),
        new("PATCH", $"/{Guid.NewGuid()}", """{"name":"a"}""", 404, "TENANT_NOT_FOUND"),
    ];

    [TestCaseSource(nameof(BadWrites))]
    public async Task Write_BadInput_IsRefused(string method, string path, string body, int status, string named)
    {
        using var response = await SendAsync(method, path, body);

        var failure = await response.FailureAsync();
        ((int)response.StatusCode).Should().Be(status);
        (status == 404
            ? [failure.GetProperty("code").GetString()!]
            : failure.GetProperty("errors").EnumerateObject().Select(error => error.Name))
            .Should().Equal(named);
    }

    private async Task<int> StatusOfListAsync(Guid tenant)
    {
        using var response = await _api.Client.SendAsync(ApiCalls.Request("/api/v1/sdk-chat", token: _api.TenantToken(tenant)));
        return (int)response.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string body)
    {
        var request = ApiCalls.Request($"/api/v1/admin/tenants{path}", method, _api.BackofficeToken());
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return _api.Client.SendAsync(request);
    }

    private static IEnumerable<string?> Codes(JsonElement data) =>
        data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString());

    private async Task<JsonElement> ListAsync(string query)
    {
        using var response = await GetAsync(query);
        return await response.DataAsync();
    }

    private Task<HttpResponseMessage> GetAsync(string query) =>
        _api.Client.SendAsync(ApiCalls.Request($"/api/v1/admin/tenants?{query}", token: _api.BackofficeToken()));
}
