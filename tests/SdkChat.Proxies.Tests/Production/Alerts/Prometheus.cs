using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Alerts;

/// <summary>
/// A real Prometheus with the shipped files, in which only time passes faster: it scrapes twice a second, and every window, offset and
/// <c>for:</c> is some seconds.
/// </summary>
internal sealed partial class Prometheus : IAsyncDisposable
{
    private const string Window = "10s", For = "1s", Interval = "500ms";

    private readonly HttpClient _client;
    private readonly Process _process;

    private Prometheus(Process process, int port) =>
        (_process, _client) = (
            process, new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) });

    /// <param name="metrics">The metrics port of the node that is watched.</param>
    /// <param name="other">That of another node, of which only the number of streams is looked at.</param>
    public static async Task<Prometheus> StartAsync(string folder, int metrics, int other)
    {
        var (port, file) = (Programs.FreePort(), Path.Combine(folder, "prometheus.yaml"));
        await File.WriteAllTextAsync(Path.Combine(folder, "alerts.yaml"), Alerts());
        await File.WriteAllTextAsync(file, Configuration(metrics, other));
        string[] arguments =
        [
            $"--config.file={file}", $"--storage.tsdb.path={Path.Combine(folder, "prometheus")}", "--log.level=error",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
        ];
        var prometheus = new Prometheus(Process.Start(Programs.Find("prometheus")!, arguments), port);
        await Polling.UntilAsync("Prometheus has looked at the node for a while", async () =>
            await prometheus.QueryAsync(
                "min_over_time(up{job=\"sdkchat\"}[5s]) == 1 and count_over_time(up{job=\"sdkchat\"}[5s]) > 6") > 0);
        return prometheus;
    }

    /// <summary>The names of the alerts that fire, and of those that are about to.</summary>
    public async Task<IReadOnlyCollection<string>> AlertsAsync(bool pending = false)
    {
        using var alerts = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/api/v1/alerts", UriKind.Relative)));
        return [.. alerts.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(alert => pending || alert.GetProperty("state").GetString() == "firing")
            .Select(alert => alert.GetProperty("labels").GetProperty("alertname").GetString()!).Distinct()];
    }

    /// <summary>How many series a query has.</summary>
    public async Task<int> QueryAsync(string query)
    {
        try
        {
            using var answer = JsonDocument.Parse(
                await _client.GetStringAsync(new Uri("/api/v1/query?query=" + Uri.EscapeDataString(query), UriKind.Relative)));
            return answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength();
        }
        catch (HttpRequestException)
        {
            return _process.HasExited ? throw new InvalidOperationException("Prometheus does not start.") : 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
    }

    private static string Alerts()
    {
        var shipped = File.ReadAllText(Repository.Path("deploy/prometheus/alerts.yaml"));
        return Scaled(Holding().Replace(Windows().Replace(Offset().Replace(shipped, $"offset {Window}"), $"[{Window}]"), $"for: {For}"));
    }

    /// <summary>Two nodes of a test have no five hundred streams.</summary>
    private static string Scaled(string alerts)
    {
        alerts.Should().Contain("+ 500");
        return alerts.Replace("+ 500", "+ 5", StringComparison.Ordinal);
    }

    private static string Configuration(int metrics, int other)
    {
        var shipped = File.ReadAllText(Repository.Path("deploy/prometheus/prometheus.yaml"));
        shipped.Should().Contain("interval: 15s").And.MatchRegex(Targets().ToString());
        return Targets().Replace(shipped, $"targets: [\"127.0.0.1:{metrics}\"]")
            .Replace("interval: 15s", $"interval: {Interval}", StringComparison.Ordinal)
            .Replace("  scrape_interval", "  scrape_timeout: 500ms\n  scrape_interval", StringComparison.Ordinal)
            + $$"""
              - job_name: other
                static_configs:
                  - targets: ["127.0.0.1:{{other}}"]
                metric_relabel_configs:
                  - { source_labels: [__name__], regex: sdkchat_streams_open, action: keep }

            """;
    }

    [GeneratedRegex(@"\[\d+m\]")]
    private static partial Regex Windows();

    [GeneratedRegex(@"offset \d+m")]
    private static partial Regex Offset();

    [GeneratedRegex(@"for: \S+")]
    private static partial Regex Holding();

    [GeneratedRegex(@"targets: \[.*\]")]
    private static partial Regex Targets();
}
