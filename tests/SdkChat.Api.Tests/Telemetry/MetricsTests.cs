using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SdkChat.Api.Tests.Live;
using SdkChat.Api.Tests.Sdk;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Telemetry;

/// <summary>What Prometheus gets of a node that has had a little of everything to do.</summary>
public sealed partial class MetricsTests() : SdkFixture(nodes: 1)
{
    private readonly int _port = Programs.FreePort();

    [Test]
    public async Task Metrics_OfABusyNode_HaveEveryNameThatDashboardAndAlertsAsk()
    {
        await using var node = await StartScrapedAsync();
        await KeepBusyAsync(node);

        var served = NamesIn(await ScrapeAsync());
        await TestContext.Out.WriteLineAsync(string.Join('\n', served.Order(StringComparer.Ordinal)));
        foreach (var file in new[] { "grafana/sdkchat.json", "prometheus/alerts.yaml" })
        {
            var asked = NamesAskedBy(await File.ReadAllTextAsync(Path.Combine(Repository, "deploy", file)));
            asked.Should().HaveCountGreaterThan(5, file);
            asked.Except(served).Should().BeEmpty(file);
        }
    }

    /// <summary>An increase is seen only where the series is there before: see AlertTests for what Prometheus makes of it.</summary>
    [TestCase(
        "sdkchat_streams_ended_total", "reason",
        "client_gone,too_slow,token_expired,tenant_disabled,blocked,max_age,disconnected,shutdown,feed_lost,lagged,feed_reset,"
            + "dispatch_failed,failed")]
    [TestCase("sdkchat_events_committed_total", "kind", "chat_started,chat_completed,chat_failed,chat_ended,backlist_triggered")]
    [TestCase("sdkchat_pipeline_calls_total", "outcome", "running,completed,failed,unknown,no_answer,given_up")]
    [TestCase("sdkchat_ratelimit_refused_total", "limit", "profile,key,key_total,admin,failed_authentication")]
    [TestCase("sdkchat_errors_total", "code", "UNAUTHENTICATED,RATE_LIMITED,INTERNAL,UNAVAILABLE")]
    public async Task Series_WhoseLabelIsKnown_AreInTheFirstScrape(string name, string label, string values)
    {
        await using var node = await StartScrapedAsync();

        var scrape = await ScrapeAsync();

        values.Split(',').Should().OnlyContain(
            value => Regex.IsMatch(scrape, $@"^{name}\{{[^}}]*\b{label}=""{value}""\}} \d+$", RegexOptions.Multiline));
        scrape.Should().MatchRegex(@"(?m)^sdkchat_streams_open\{[^}]*\} \d+$");
    }

    [Test]
    public async Task Metrics_OfABusyNode_NameNoTenantAndNoSecret()
    {
        await using var node = await StartScrapedAsync();
        await KeepBusyAsync(node);

        // The tests' own connections are in this process too, and have no better name.
        var text = string.Join(
            '\n',
            (await ScrapeAsync()).Split('\n')
                .Where(line => !line.Contains("pool_name=\"Host=") || line.Contains("Application Name=sdkchat")));
        foreach (var pool in new[] { "requests", "feed", "listening" })
            text.Should().Contain($"pool_name=\"{pool}\"");
        text.Should().NotContain(Demo.ToString()).And.NotContain("demo").And.NotContain(DemoKey).And.NotContain("Host=")
            .And.NotContain("eyJ");
        Regex.IsMatch(text, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-", RegexOptions.NonBacktracking)
            .Should().BeFalse("an id in a label makes a series for each");
    }

    [Test]
    public async Task Metrics_AreNotOnTheServicesPort()
    {
        await using var node = await StartScrapedAsync();
        using var onService = await node.Client.GetAsync("/metrics");
        onService.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await ScrapeAsync()).Should().Contain("kestrel_active_connections");
        using var elsewhere = new HttpClient();
        using var service = await elsewhere.GetAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/sdk-chat"));
        service.StatusCode.Should().Be(HttpStatusCode.NotFound, "nor is the service on theirs");
    }

    [Test]
    public async Task Port_ThatIsTaken_CostsTheMetricsAndNothingElse()
    {
        using var taken = new TcpListener(IPAddress.Loopback, _port);
        taken.Start();

        await using (var node = await StartScrapedAsync(waits: false))
        {
            (await node.Client.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
            await Eventually.TrueAsync(() => Task.FromResult(node.Logs.Entries.Any(entry =>
                entry.Level == LogLevel.Warning
                && entry.Text.Contains($"Metrics cannot be served at 127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}"))));
        }
    }

    private async Task<TestApi> StartScrapedAsync(bool waits = true)
    {
        var node = await StartNodeAsync(settings: new Dictionary<string, string?>
        {
            ["Metrics:Port"] = _port.ToString(CultureInfo.InvariantCulture),
            ["Live:ProbeSeconds"] = "0.1",
            ["Server:MaxConnections"] = "20",
            ["RateLimits:Enabled"] = "true",
            ["RateLimits:Key:PerSecond"] = "1",
            ["RateLimits:Key:Burst"] = "1",
        });
        if (waits)
            await Eventually.TrueAsync(async () => await TryScrapeAsync() is not null);
        return node;
    }

    /// <summary>A stream, a chat that completes before its eyes, a list, a detail, a failure, and a call too many.</summary>
    private async Task KeepBusyAsync(TestApi node)
    {
        var profile = await ProfileAsync();
        await using (var reader = await LiveReader.OpenAsync(node, Demo))
        {
            var chat = await ChatAsync(profile);
            Pipeline.Answer = _ => TestPipeline.Completed();
            (await DataAsync("GET", Chat(profile, chat), node: node)).GetProperty("status").GetString().Should().Be("completed");
            (await reader.NextAsync()).EventType.Should().Be("chat_completed");
            foreach (var path in new[] { "/api/v1/sdk-chat", $"/api/v1/sdk-chat/{chat}", "/api/v1/sdk-chat/none" })
                (await node.Client.SendAsync(Request(path, token: node.TenantToken(Demo)))).Dispose();
        }

        for (var call = 0; call < 2; call++)
            (await SendAsync("GET", "/v1/validation", node: node)).Dispose();
        var crowd = Enumerable.Range(0, 30).Select(_ => new TcpClient("127.0.0.1", node.BaseAddress.Port)).ToArray();
        await Eventually.TrueAsync(async () => await ScrapeAsync() is var text
            && new[] { "sdkchat_streams_ended_total{", "sdkchat_probe_latency_seconds_count{", "kestrel_rejected_connections_total{" }
                .All(text.Contains));
        Array.ForEach(crowd, connection => connection.Dispose());
    }

    private async Task<string> ScrapeAsync() => await TryScrapeAsync() ?? throw new InvalidOperationException("No metrics are served.");

    private async Task<string?> TryScrapeAsync()
    {
        using var client = new HttpClient();
        try
        {
            return await client.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/metrics"));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static HashSet<string> NamesIn(string scrape) => [.. Sample().Matches(scrape).Select(match => match.Groups[1].Value)];

    /// <summary>
    /// Every name in a query that could be a metric's: all of ours and of the libraries' have an underscore, and follow nothing that makes
    /// them a label.
    /// </summary>
    private static HashSet<string> NamesAskedBy(string text) =>
    [.. Query().Matches(text).SelectMany(query => Name().Matches(InBraces().Replace(query.Value, "").Replace("\\n", " ")))
        .Select(match => match.Value)];

    private static string Repository => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    [GeneratedRegex("^([a-z_:0-9]+)[{ ]", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"expr""?: (\|\n( {10}.*\n)+|.*)")]
    private static partial Regex Query();

    [GeneratedRegex(@"\{[^}]*\}|\b(by|without|on) ?\([^)]*\)")]
    private static partial Regex InBraces();

    [GeneratedRegex(@"\b[a-z0-9]+(_[a-z0-9]+)+\b(?!\()")]
    private static partial Regex Name();
}
