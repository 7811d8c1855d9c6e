using Microsoft.Extensions.Logging.Abstractions;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>The browser's own EventSource, with no code that reopens it, and a database that goes away.</summary>
public sealed class BrowserOutageTests
{
    [Test]
    public async Task Browser_WhileTheDatabaseIsAway_AsksAgainUntilItIsBack()
    {
        if (Programs.Find("chromium") is null)
            Assert.Ignore("chromium is not installed: ./sdkchat test installs it where it may.");
        await using var postgres = await TestPostgres.StartAsync();
        var connectionString = postgres.ConnectionString("postgres");
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(connectionString, default);
        var rows = new Rows(connectionString);
        var tenant = await rows.TenantAsync("demo");
        await using var browser = await BrowserWatcher.ServeAsync();
        await using var api = await StartAsync(connectionString, browser.Origin);
        using var patience = new CancellationTokenSource(Deadlines.Soon);
        browser.Browse(new Uri(api.BaseAddress, StreamSocket.Path), api.TenantToken(tenant));
        await using var seen = browser.WatchAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        (await NextAsync(seen)).Should().Be("ready");

        await postgres.StopServerAsync();
        // It has lost its stream, and was told to come back more than once.
        await Eventually.TrueAsync(() => Task.FromResult(Ended(api, tenant, "feed_lost") > 0 && Ended(api, tenant, "unavailable") > 2));
        await postgres.StartServerAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();

        (await NextAsync(seen)).Should().Be("ready");
        await rows.EventAsync(tenant, tenant, tenant, "chat_completed");
        (await NextAsync(seen)).Should().Be("chat_completed");
    }

    private static Task<TestApi> StartAsync(string connectionString, string origin) => TestApi.StartAsync(connectionString, new Dictionary<string, string?>
    {
        ["Live:RetryMilliseconds"] = "200",
        ["Live:PollMilliseconds"] = "20",
        ["Live:FeedGraceSeconds"] = "2",
        ["Cors:AllowedOrigins:0"] = origin,
    });

    private static int Ended(TestApi api, Guid tenant, string reason) =>
        api.Logs.Entries.Count(entry => entry.Text.StartsWith($"Stream of tenant {tenant} ended: {reason} ", StringComparison.Ordinal));

    private static async Task<string> NextAsync(IAsyncEnumerator<WatchedEvent> seen)
    {
        do
        {
            (await seen.MoveNextAsync()).Should().BeTrue("the browser goes on");
        }
        while (seen.Current.Name == "ping");
        return seen.Current.Name;
    }
}
