using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

/// <summary>A service with one tenant of its own, and ways to ask it as that tenant's admin or as a super admin.</summary>
public abstract class HistoryFixture
{
    private TestDatabase _database = null!;

    protected Rows Rows { get; private set; } = null!;

    protected string ConnectionString => _database.ConnectionString;

    protected string OwnerConnectionString => _database.OwnerConnectionString;

    protected TestApi Api { get; private set; } = null!;

    protected Guid Tenant { get; private set; }

    protected Guid Profile { get; private set; }

    [OneTimeSetUp]
    public async Task StartService()
    {
        _database = await TestDatabase.CreateAsync();
        Rows = new Rows(_database.ConnectionString);
        Tenant = await Rows.TenantAsync("demo");
        Profile = await Rows.ProfileAsync(Tenant, """{"name":"Sato Hanako","gender":"F","age":"32","locale":"ja"}""");
        Api = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopService()
    {
        await Api.DisposeAsync();
        await _database.DisposeAsync();
    }

    protected Task<HttpResponseMessage> AsTenantAsync(string path, string? ifNoneMatch = null) =>
        SendAsync(path, Api.TenantToken(Tenant), ifNoneMatch);

    protected Task<HttpResponseMessage> AsBackofficeAsync(string path, string? ifNoneMatch = null) =>
        SendAsync(path, Api.BackofficeToken(), ifNoneMatch);

    protected async Task<JsonElement> TenantDataAsync(string path)
    {
        using var response = await AsTenantAsync(path);
        response.IsSuccessStatusCode.Should().BeTrue(await response.Content.ReadAsStringAsync());
        return await DataAsync(response);
    }

    protected static async Task<JsonElement> DataAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        document.RootElement.GetProperty("success").GetBoolean().Should().BeTrue();
        return document.RootElement.GetProperty("data").Clone();
    }

    protected async Task<HttpResponseMessage> SendAsync(string path, string token, string? ifNoneMatch = null)
    {
        using var request = ApiCalls.Request(path, token: token, headers: ifNoneMatch is null ? [] : [("If-None-Match", ifNoneMatch)]);
        return await Api.Client.SendAsync(request);
    }
}
