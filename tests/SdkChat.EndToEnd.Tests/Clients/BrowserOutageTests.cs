using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>The browser's own EventSource, with no code that reopens it, and a database that goes away.</summary>
/// <param name="asShipped">
/// Half a minute with the default settings, or a quarter of one with shorter ones; side by side, since both wait.
/// </param>
[TestFixture(true)]
[TestFixture(false)]
public sealed class BrowserOutageTests(bool asShipped)
{
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Browser_WhileTheDatabaseIsAway_AsksAgainUntilItIsBack()
    {
        if (Programs.FindChromium() is null)
            Assert.Ignore("chromium is not installed: ./sdkchat test installs it where it may.");
        await using var postgres = await TestPostgres.StartAsync();
        var connectionString = postgres.MigratedConnectionString;
        var rows = new Rows(connectionString);
        var tenant = await rows.TenantAsync("demo");
        await using var browser = await BrowserWatcher.ServeAsync();
        await using var api = await StartAsync(connectionString, browser.Origin);
        using var patience = new CancellationTokenSource(Deadlines.Program);
        browser.Browse(new Uri(api.BaseAddress, StreamSocket.Path), api.TenantToken(tenant));
        await using var seen = browser.WatchAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        (await NextAsync(seen)).Should().Be("ready");

        await postgres.StopServerAsync();
        var began = TimeProvider.System.GetTimestamp();
        // It has lost its stream, and was told to come back more than once.
        await Eventually.TrueAsync(() => Task.FromResult(
            (!asShipped || TimeProvider.System.GetElapsedTime(began) > HalfAMinute)
            && Ended(api, tenant, "feed_lost") > 0 && Ended(api, tenant, "unavailable") > 2));
        await postgres.StartServerAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();

        (await NextAsync(seen)).Should().Be("ready");
        await rows.EventAsync(tenant, tenant, tenant, "chat_completed");
        (await NextAsync(seen)).Should().Be("chat_completed");
    }

    private Task<TestApi> StartAsync(string connectionString, string origin)
    {
        // Null is the service's default, where other tests have another.
        var settings = new Dictionary<string, string?>
        {
            ["Live:FeedGraceSeconds"] = asShipped ? null : "15",
            ["Live:ProbeSeconds"] = null,
            ["Database:ConnectTimeoutSeconds"] = null,
            ["Database:CommandTimeoutSeconds"] = null,
            ["Cors:AllowedOrigins:0"] = origin,
        };
        if (!asShipped)
            (settings["Live:RetryMilliseconds"], settings["Live:PollMilliseconds"]) = ("200", "20");
        return TestApi.StartAsync(connectionString, settings);
    }

    private static int Ended(TestApi api, Guid tenant, string reason)
    {
        var beginning = $"Stream of tenant {tenant} ended: {reason} ";
        return api.Logs.Entries.Count(entry => entry.Text.StartsWith(beginning, StringComparison.Ordinal));
    }

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
