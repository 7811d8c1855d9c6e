using Npgsql;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>A stream is opened while the database is away. The server is of these tests alone.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class OpeningDuringOutageTests
{
    private TestPostgres _postgres = null!;
    private Rows _rows = null!;
    private Guid _tenant;

    private string ConnectionString => _postgres.MigratedConnectionString;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _postgres = await TestPostgres.StartAsync();
        _rows = new Rows(ConnectionString);
    }

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [OneTimeTearDown]
    public async Task StopAsync() => await _postgres.DisposeAsync();

    /// <summary>After any other answer than 200 an EventSource never comes back.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task Stream_OpenedWhileTheTenantCannotBeRead_SaysRetryAndEnds(bool direct)
    {
        await using var api = await TestApi.StartAsync(
            ConnectionString, new Dictionary<string, string?> { ["Live:DirectOutput"] = direct ? "true" : "false" });
        (await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(_tenant))).Dispose();

        await _postgres.StopServerAsync();
        try
        {
            var answer = await FirstWithoutReadyAsync(api);
            answer.Should().StartWith("HTTP/1.1 200 OK\r\n").And.Contain("\r\nContent-Type: text/event-stream\r\n").And.Contain("retry: ")
                .And.NotContain("event:");
            api.Ended(_tenant, "unavailable").Should().BePositive();

            (await StatusAsync(api, "no.good.token")).Should().Be(401);
            (await StatusAsync(api, api.TenantToken(_tenant, role: "viewer"))).Should().Be(403);
            // What it is told says nothing of the tenant, so the host that cannot be checked makes no difference.
            (await StatusAsync(api, api.TenantToken(_tenant), ("Host", "acme.aika.life"))).Should().Be(200);
            using var list = await api.Client.SendAsync(Support.ApiCalls.Request("/api/v1/sdk-chat", token: api.TenantToken(_tenant)));
            ((int)list.StatusCode).Should().Be(503);
        }
        finally
        {
            await ReturnAsync();
        }

        await using var reader = await FirstReaderAsync(api);
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        (await reader.NextAsync()).EventType.Should().Be("chat_completed");
    }

    /// <summary>Tenants are in memory for three seconds after the database was last heard; from then on a stream cannot be ready.</summary>
    private async Task<string> FirstWithoutReadyAsync(TestApi api)
    {
        var answer = "";
        await Eventually.TrueAsync(async () =>
        {
            using var stream = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(_tenant));
            answer = await stream.UntilAsync(
                () => stream.Received.Contains("\n\n\r\n", StringComparison.Ordinal) || stream.Received.Contains('}'),
                "a frame or a failure");
            return !answer.Contains("event: ready", StringComparison.Ordinal) && await stream.ToEndAsync();
        });
        return answer;
    }

    private static async Task<int> StatusAsync(TestApi api, string token, params (string Name, string Value)[] headers)
    {
        using var response = await api.Client.SendAsync(
            Support.ApiCalls.Request(StreamSocket.Path, token: token, headers: headers), HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    private async Task<LiveReader> FirstReaderAsync(TestApi api)
    {
        await Eventually.TrueAsync(async () =>
        {
            using var stream = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(_tenant));
            return (await stream.UntilAsync("\n\n\r\n")).Contains("event: ready", StringComparison.Ordinal);
        });
        return await LiveReader.OpenAsync(api, _tenant);
    }

    private async Task ReturnAsync()
    {
        await _postgres.StartServerAsync();
        // The test's own connections; the service's must find out by themselves.
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
    }
}
