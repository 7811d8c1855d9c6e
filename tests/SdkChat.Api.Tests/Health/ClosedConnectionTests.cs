using System.Net;
using Dapper;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Tenants;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Health;

/// <summary>The server closes the connections of a node, or lets it in no longer, while it runs.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ClosedConnectionTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private Guid _tenant;

    [SetUp]
    public async Task SetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.OwnerConnectionString);
        _tenant = await _rows.TenantAsync("demo");
    }

    [TearDown]
    public async Task TearDown() => await _database.DisposeAsync();

    [Test]
    public async Task Lists_AfterIdleSessionTimeout_AreAnswered()
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Options = "-c idle_session_timeout=2000" };
        await using var api = await TestApi.StartAsync(settings.ConnectionString);
        for (var round = 0; round < 3; round++)
        {
            (await ListsAsync(api)).Should().OnlyContain(status => status == HttpStatusCode.OK, Refusals(api));
            await Eventually.TrueAsync(() => _rows.ScalarAsync<bool>(
                "select count(*) <= 6 from pg_stat_activity where datname = current_database() and usename <> current_user"));
        }

        ShouldHaveLoggedNoError(api);
    }

    [Test]
    public async Task Lists_AfterAnAdministratorEndedAllSessions_AreAnswered()
    {
        await using var api = await TestApi.StartAsync(_database.ConnectionString);
        for (var round = 0; round < 3; round++)
        {
            (await ListsAsync(api)).Should().OnlyContain(status => status == HttpStatusCode.OK);
            await EndSessionsAsync();
        }

        (await ListsAsync(api)).Should().OnlyContain(status => status == HttpStatusCode.OK);
        ShouldHaveLoggedNoError(api);
    }

    [Test]
    public async Task Write_OnAClosedConnection_IsAClean503AndThenSucceeds()
    {
        await using var api = await TestApi.StartAsync(_database.ConnectionString);
        var key = await KeyAsync(api);
        (await StoreAsync(api, key)).Should().Be(HttpStatusCode.OK);
        await EndSessionsAsync();

        // The poll that comes once a second may have found it first.
        (await StoreAsync(api, key)).Should().BeOneOf(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        (await StoreAsync(api, key)).Should().Be(HttpStatusCode.OK);
        ShouldHaveLoggedNoError(api);
    }

    [Test]
    public async Task Login_ThatIsRefusedWhileRunning_Is503WithOneLineEachAndReadyAgainOnceItIsAllowed()
    {
        await using var api = await TestApi.StartAsync(
            _database.ConnectionString, new Dictionary<string, string?> { ["Database:ReadyGraceSeconds"] = "1" });
        (await ListsAsync(api)).Should().OnlyContain(status => status == HttpStatusCode.OK);
        await AllowConnectionsAsync(false);
        await EndSessionsAsync();
        var before = Lines(api);

        (await ListsAsync(api)).Should().OnlyContain(status => status == HttpStatusCode.ServiceUnavailable);
        (Lines(api) - before).Should().Be(ListCount);
        await Eventually.TrueAsync(async () => await StatusAsync(api, "/health/ready") == HttpStatusCode.ServiceUnavailable);

        await AllowConnectionsAsync(true);
        await Eventually.TrueAsync(async () => await StatusAsync(api, "/health/ready") == HttpStatusCode.OK);
        (await ListsAsync(api)).Should().OnlyContain(status => status == HttpStatusCode.OK);
        ShouldHaveLoggedNoError(api);
    }

    /// <summary>What the log says of calls that were refused, for a test that fails.</summary>
    private static string Refusals(TestApi api) =>
        string.Join(
            '|',
            api.Logs.Entries.Where(entry => entry.Text.Contains("is answered 503", StringComparison.Ordinal)).Select(entry => entry.Text))
            .Replace('{', '(').Replace('}', ')');

    private const int ListCount = 32;

    private static int Lines(TestApi api) =>
        api.Logs.Entries.Count(entry => entry.Text.Contains("is answered 503: 55000:", StringComparison.Ordinal));

    /// <summary>
    /// Nor a stack: an outage is no fault of the service. That a node is not ready is an error of the framework's in any case.
    /// </summary>
    private static void ShouldHaveLoggedNoError(TestApi api) => api.Logs.Entries
        .Where(
            entry =>
                (entry.Level >= LogLevel.Error && !entry.Category.Contains("HealthChecks"))
                || (entry.Level >= LogLevel.Warning && entry.Text.Contains("   at ")))
        .Should().BeEmpty();

    private async Task AllowConnectionsAsync(bool allowed)
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.OwnerConnectionString) { Pooling = false };
        var name = settings.Database;
        settings.Database = "postgres";
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.ExecuteAsync($"alter database {name} allow_connections {allowed}");
        if (!allowed)
            await connection.ExecuteAsync(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = @name", new { name });
    }

    private async Task EndSessionsAsync()
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_database.OwnerConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.ExecuteAsync(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = @name",
            new { name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database });
    }

    private Task<HttpStatusCode[]> ListsAsync(TestApi api) =>
        Task.WhenAll(Enumerable.Range(0, ListCount).Select(page => StatusAsync(api, $"/api/v1/sdk-chat?page={page}")));

    private async Task<HttpStatusCode> StatusAsync(TestApi api, string path)
    {
        using var response = await api.Client.SendAsync(Request(path, token: api.TenantToken(_tenant)));
        return response.StatusCode;
    }

    private static async Task<string> KeyAsync(TestApi api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateApiKeyCommand("demo"))).Key.Secret;
    }

    private static async Task<HttpStatusCode> StoreAsync(TestApi api, string key)
    {
        using var request = Request("/v1/profile", "POST", headers: ("X-API-KEY", key));
        request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var response = await api.Client.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            (await response.FailureCodeAsync()).Should().Be("UNAVAILABLE");
            response.Header("Retry-After").Should().NotBeNull();
        }

        return response.StatusCode;
    }
}
