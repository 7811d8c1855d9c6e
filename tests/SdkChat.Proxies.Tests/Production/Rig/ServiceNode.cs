using System.Diagnostics;
using System.Globalization;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>One process of the published service in Production, with metrics on a port of their own.</summary>
internal sealed class ServiceNode : IAsyncDisposable
{
    private static readonly HttpClient Client = new() { Timeout = Deadlines.Soon };

    private readonly Process _process;
    private readonly string _log;

    private ServiceNode(Process process, string log, int port, int metrics) =>
        (_process, _log, Port, MetricsPort) = (process, log, port, metrics);

    public int Port { get; }

    public int MetricsPort { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="settings">Environment variables beside those that every node here has.</param>
    /// <param name="before">As <see cref="PublishedService.Command"/> takes it.</param>
    public static async Task<ServiceNode> StartAsync(
        string name, string folder, IReadOnlyDictionary<string, string> settings, string before = "")
    {
        var (port, metrics, log) = (Programs.FreePort(), Programs.FreePort(), Path.Combine(folder, $"{name}.log"));
        var all = new Dictionary<string, string>(Required(name, metrics));
        foreach (var (variable, value) in settings)
            all[variable] = value;
        var start = PublishedService.Command(log, ["up", "--urls", $"http://127.0.0.1:{port}"], all, before);
        var node = new ServiceNode(Process.Start(start)!, log, port, metrics);
        try
        {
            await node.UntilReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>What no node starts without.</summary>
    public static Dictionary<string, string> Required(string name, int metrics) => new()
    {
        ["Node__Name"] = name,
        ["Metrics__Port"] = metrics.ToString(CultureInfo.InvariantCulture),
        ["Authentication__Tenant__Secrets__0"] = TestTokens.TenantSecret,
        ["Authentication__Backoffice__Secrets__0"] = TestTokens.BackofficeSecret,
    };

    /// <summary>What it has logged so far.</summary>
    public Task<string[]> LogAsync() => File.ReadAllLinesAsync(_log);

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(Address, "/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <exception cref="InvalidOperationException">It ended, or does not become ready; the message has its log.</exception>
    public async Task UntilReadyAsync()
    {
        try
        {
            await Polling.UntilAsync(
                "the node is ready", async () => _process.HasExited ? throw new TimeoutException("The node ended.") : await IsReadyAsync());
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException(await File.ReadAllTextAsync(_log), exception);
        }
    }

    /// <summary>As a machine that loses its power.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
