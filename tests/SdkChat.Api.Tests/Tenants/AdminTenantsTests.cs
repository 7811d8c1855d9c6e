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
        (data.GetProperty("total").GetInt64(), data.GetProperty("page").GetInt32(), data.GetProperty("size").GetInt32()).Should().Be((3L, 0, 20));
    }

    [TestCase("page=1&size=2", "zoo", 1, 2)]
    [TestCase("page=7&size=500", "", 7, 100)]
    public async Task List_Page_HasItsRowsAndTheTrueTotal(string query, string codes, int page, int size)
    {
        var data = await ListAsync(query);

        string.Join(',', Codes(data)).Should().Be(codes);
        (data.GetProperty("total").GetInt64(), data.GetProperty("page").GetInt32(), data.GetProperty("size").GetInt32()).Should().Be((3L, page, size));
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

    [TestCase("page=-1", "page")]
    [TestCase("size=x", "size")]
    public async Task List_BadParameter_IsNamed(string query, string parameter)
    {
        using var response = await GetAsync(query);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Equal(parameter);
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
