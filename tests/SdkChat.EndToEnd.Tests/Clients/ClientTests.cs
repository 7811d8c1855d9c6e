using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>
/// Real clients over real sockets: each sees ready, pings, both events with every value as it was sent, and comes back by
/// itself when the server was restarted.
/// </summary>
public sealed class ClientTests
{
    private const string Items = """[{"id":"n1","message":"\"quoted\"\n \u2028 \u0000 한글","n":1.0E2,"big":12345678901234567890}]""";

    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private Guid _tenant;
    private int _port;
    private string? _allowedOrigin;

    private Uri Stream => new($"http://127.0.0.1:{_port}/api/v1/sdk-chat/events/stream");

    [SetUp]
    public async Task SetUp()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        _tenant = await _rows.TenantAsync("demo");
        _port = Programs.FreePort();
        _allowedOrigin = null;
    }

    [TearDown]
    public async Task TearDown() => await _database.DisposeAsync();

    [Test]
    public Task Curl_SeesEverything_AndComesBack() => SeesEverythingAndComesBackAsync(token => new CurlWatcher(Stream, token));

    [Test]
    public Task DotNet_SeesEverything_AndComesBack() => SeesEverythingAndComesBackAsync(token => new DotNetWatcher(Stream, token));

    [Test]
    public Task Npm_SeesEverything_AndComesBack()
    {
        Require("node");
        Require("npm");
        NpmWatcher.Install();
        return SeesEverythingAndComesBackAsync(token => new NpmWatcher(Stream, token));
    }

    [Test]
    public async Task Browser_SeesEverything_AndComesBack()
    {
        Require("chromium");
        var browser = await BrowserWatcher.ServeAsync();
        _allowedOrigin = browser.Origin;
        await SeesEverythingAndComesBackAsync(token =>
        {
            browser.Browse(Stream, token);
            return browser;
        });
    }

    private async Task SeesEverythingAndComesBackAsync(Func<string, IEventWatcher> watch)
    {
        using var patience = new CancellationTokenSource(Deadlines.Program);
        var profile = await _rows.ProfileAsync(_tenant);
        var chat = await _rows.ChatAsync(_tenant, profile, status: "completed");

        var api = await StartAsync();
        await using var watcher = watch(api.TenantToken(_tenant));
        await using var seen = watcher.WatchAsync(patience.Token).GetAsyncEnumerator(patience.Token);

        (await NextAsync(seen)).Should().Be(new WatchedEvent("ready", "{}"));
        (await NextAsync(seen)).Should().Be(new WatchedEvent("ping", ""));
        await _rows.EventAsync(_tenant, profile, chat, "chat_completed");
        (await NextAsync(seen, "ping"))
            .Should().Be(new WatchedEvent("chat_completed", $$"""{"profile_id":"{{profile}}","chat_id":"{{chat}}"}"""));

        await api.DisposeAsync();
        api = await StartAsync();

        (await NextAsync(seen, "ping")).Should().Be(new WatchedEvent("ready", "{}"));
        await _rows.EventAsync(_tenant, profile, chat, "backlist_triggered", Items);
        (await NextAsync(seen, "ping")).Should().Be(new WatchedEvent(
            "backlist_triggered", $$"""{"profile_id":"{{profile}}","chat_id":"{{chat}}","notification_items":{{Items}}}"""));
        await api.DisposeAsync();
    }

    private Task<TestApi> StartAsync() => TestApi.StartAsync(
        _database.ConnectionString,
        new Dictionary<string, string?>
        {
            ["Live:PingSeconds"] = "1",
            ["Live:RetryMilliseconds"] = "200",
            ["Cors:AllowedOrigins:0"] = _allowedOrigin,
        },
        port: _port);

    private static async Task<WatchedEvent> NextAsync(IAsyncEnumerator<WatchedEvent> seen, string? skip = null)
    {
        do
        {
            (await seen.MoveNextAsync()).Should().BeTrue("the client goes on");
        }
        while (seen.Current.Name == skip);
        return seen.Current;
    }

    /// <summary>The front door installs these; without it the test says what is missing.</summary>
    private static void Require(string command)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, command)));
        if (!isThere)
            Assert.Ignore($"{command} is not installed: ./sdkchat test installs it where it may.");
    }
}
