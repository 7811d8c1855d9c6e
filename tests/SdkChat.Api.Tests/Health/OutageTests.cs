using System.Diagnostics;
using System.Net;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Health;

/// <summary>The database goes and comes back; the service says so, and recovers by itself.</summary>
public sealed class OutageTests
{
    [Test]
    public async Task Database_GoneAndBack_IsUnavailableInTimeAndThenWellAgain()
    {
        await using var postgres = await TestPostgres.StartAsync();
        var (connectionString, tenant) = await PrepareAsync(postgres);
        await using var api = await TestApi.StartAsync(connectionString, new Dictionary<string, string?>
        {
            ["Database:ReadyGraceSeconds"] = "1",
            ["Database:CommandTimeoutSeconds"] = "600",
        });
        (await StatusAsync(api, tenant)).Should().Be(HttpStatusCode.OK);
        (await ReadyAsync(api)).Should().Be(HttpStatusCode.OK);

        await postgres.StopServerAsync();
        for (var i = 0; i < 3; i++)
            await ShouldBeUnavailableAsync(api, tenant);
        await Eventually.TrueAsync(async () => await ReadyAsync(api) == HttpStatusCode.ServiceUnavailable);
        using var live = await api.Client.GetAsync("/health/live");
        live.StatusCode.Should().Be(HttpStatusCode.OK);

        await postgres.StartServerAsync();
        await Eventually.TrueAsync(
            async () => await StatusAsync(api, tenant) == HttpStatusCode.OK && await ReadyAsync(api) == HttpStatusCode.OK);
        api.Logs.Entries.Should().NotContain(entry => entry.Level >= LogLevel.Error && entry.Text.Contains("failed unexpectedly"));
    }

    /// <summary>
    /// In a database of its own, and without the search index's worker: what else waited for the lock would be counted as one of the two
    /// requests, and take the connection of one.
    /// </summary>
    [Test]
    public async Task Pool_ThatIsFull_IsUnavailableInTime()
    {
        await using var database = await TestDatabase.CreateAsync();
        var tenant = await new Rows(database.ConnectionString).TenantAsync("full");
        await using var api = await TestApi.StartAsync(database.ConnectionString, new Dictionary<string, string?>
        {
            ["Database:MaxPoolSize"] = "2",
            ["Database:ConnectTimeoutSeconds"] = "5",
            ["Database:CommandTimeoutSeconds"] = "600",
        });
        (await StatusAsync(api, tenant)).Should().Be(HttpStatusCode.OK);

        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var locking = await source.OpenConnectionAsync();
        await using var transaction = await locking.BeginTransactionAsync();
        await locking.ExecuteAsync(TestDatabase.KeepSearchIndexWorkerAway);
        await locking.ExecuteAsync("lock table sdk_profile in access exclusive mode");
        var waiting = new[] { StatusAsync(api, tenant, "?page=1"), StatusAsync(api, tenant, "?page=2") };
        await Eventually.TrueAsync(async () => await locking.ExecuteScalarAsync<int>(
            """
            select count(*) from pg_locks
            where relation = 'sdk_profile'::regclass and not granted and database = (select oid from pg_database where datname = current_database())
            """) == 2);
        await ShouldBeUnavailableAsync(api, tenant);

        await transaction.RollbackAsync();
        (await Task.WhenAll(waiting)).Should().AllBeEquivalentTo(HttpStatusCode.OK);
        (await StatusAsync(api, tenant)).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Health_OfAGoodService_IsSmallAndUncached()
    {
        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            using var response = await SharedApi.Api.Client.GetAsync(path);
            (await response.Content.ReadAsStringAsync()).Should().Be("""{"success":true,"data":{"status":"ok"}}""");
            response.Headers.CacheControl!.NoStore.Should().BeTrue();
        }
    }

    private static async Task<(string ConnectionString, Guid Tenant)> PrepareAsync(TestPostgres postgres)
    {
        var connectionString = postgres.MigratedConnectionString;
        return (connectionString, await new Rows(connectionString).TenantAsync("demo"));
    }

    private static async Task ShouldBeUnavailableAsync(TestApi api, Guid tenant)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await api.Client.SendAsync(Request("/api/v1/sdk-chat", token: api.TenantToken(tenant)));

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.FailureCodeAsync()).Should().Be("UNAVAILABLE");
        response.Header("Retry-After").Should().NotBeNull();
        // By the limit on connecting, and not by the one on a statement.
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(Deadlines.Soon);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestApi api, Guid tenant, string query = "")
    {
        using var response = await api.Client.SendAsync(Request($"/api/v1/sdk-chat{query}", token: api.TenantToken(tenant)));
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> ReadyAsync(TestApi api)
    {
        using var response = await api.Client.GetAsync("/health/ready");
        if (response.StatusCode != HttpStatusCode.OK)
            (await response.FailureCodeAsync()).Should().Be("UNAVAILABLE");
        return response.StatusCode;
    }
}
