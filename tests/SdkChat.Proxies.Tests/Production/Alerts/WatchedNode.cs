using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Npgsql;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Alerts;

/// <summary>A node with a database of its own, so easily brought down that each fault takes a second.</summary>
internal sealed class WatchedNode : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        // No service is there.
        ["Pipeline__BaseUrl"] = "http://127.0.0.1:9",
        ["Pipeline__Retries"] = "0",
        ["Database__MaxPoolSize"] = "10",
        ["Live__ProbeSeconds"] = "1",
        // Long enough that a busy machine does not lose the feed by itself.
        ["Live__FeedGraceSeconds"] = "5",
        ["Live__PollMilliseconds"] = "50",
        ["Live__QueueEvents"] = "2",
        ["Live__QueueBytes"] = "1024",
        ["Live__DrainSeconds"] = "0",
        ["Server__MaxConnections"] = "60",
        ["RateLimits__FailedAuthentication__PerSecond"] = "1",
        ["RateLimits__FailedAuthentication__Burst"] = "1",
    };

    private readonly TestDatabase _database;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 30 })
    {
        Timeout = Deadlines.Soon,
    };

    private WatchedNode(TestDatabase database, ServiceNode node, RigTenant tenant)
    {
        (_database, Service, Tenant) = (database, node, tenant);
        Rows = new Rows(database.ConnectionString);
    }

    public ServiceNode Service { get; }

    public RigTenant Tenant { get; }

    public Rows Rows { get; }

    private string Name => new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;

    public static async Task<WatchedNode> StartAsync(string folder)
    {
        var database = await TestDatabase.CreateAsync();
        var tenant = await RigTenant.AddAsync(database.ConnectionString, "watched");
        var settings = new Dictionary<string, string>(Settings) { ["ConnectionStrings__SdkChat"] = database.ConnectionString };
        return new WatchedNode(database, await ServiceNode.StartAsync("watched", folder, settings), tenant);
    }

    public Task<NpgsqlConnection> OpenDatabaseAsync() => OpenAsync(_database.OwnerConnectionString);

    /// <summary>As if the server were gone, for this node alone.</summary>
    public async Task TakeDatabaseAwayAsync()
    {
        await using var superuser = await OpenAsync((await TestPostgres.Shared).ConnectionString("postgres"));
        await superuser.ExecuteAsync($"alter database {Name} allow_connections false");
        await superuser.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = @Name", new { Name });
    }

    public async Task BringDatabaseBackAsync()
    {
        await using var superuser = await OpenAsync((await TestPostgres.Shared).ConnectionString("postgres"));
        await superuser.ExecuteAsync($"alter database {Name} allow_connections true");
        await Service.UntilReadyAsync();
    }

    /// <returns>The status.</returns>
    public async Task<int> ListAsync(string query = "", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Service.Address, "/api/v1/sdk-chat" + query));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Tenant.AdminToken());
        using var response = await _client.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <returns>The status.</returns>
    public async Task<int> StoreProfileAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(
            Service.Address, "/v1/profile")) { Content = JsonContent.Create(new { name = "Mina" }) };
        request.Headers.Add("X-API-KEY", Tenant.SdkKey);
        using var response = await _client.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>A call of the SDK.</summary>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Service.Address, path));
        request.Headers.Add("X-API-KEY", Tenant.SdkKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await _client.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _client.Dispose();
        await _database.DisposeAsync();
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
