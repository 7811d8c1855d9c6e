using System.Globalization;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Servers;

/// <summary>A server that is one of this program's own modes.</summary>
internal sealed class ModeServer : IServer
{
    /// <summary>What the table calls the least that a request with a statement costs.</summary>
    public const string OneRow = "one row";

    /// <summary>What the table calls the least that a page of history costs.</summary>
    public const string BarePage = "bare page";

    private readonly ChildProcess _process;
    private readonly RuntimeProbe? _probe;

    private ModeServer(string name, int port, ChildProcess process, RuntimeProbe? probe) =>
        (Name, Port, _process, _probe) = (name, port, process, probe);

    public string Name { get; }

    public int Port { get; }

    public IReadOnlyList<int> Processes => [_process.Id];

    /// <exception cref="InvalidOperationException">Nobody wanted one when it was started.</exception>
    public RuntimeProbe Probe => _probe ?? throw new InvalidOperationException("Started without a probe.");

    public static Task<ModeServer> FloorAsync(CancellationToken cancellationToken) => StartAsync("floor", "floor", null, cancellationToken);

    public static Task<ModeServer> PlainAsync(CancellationToken cancellationToken, RuntimeProbe? probe = null) =>
        StartAsync("ASP.NET Core", "plain", probe, cancellationToken);

    /// <summary>
    /// With the runtime's settings as the service has them: it is compared with what the service costs, not with what the bench does.
    /// </summary>
    public static Task<ModeServer> OneRowAsync(string connectionString, CancellationToken cancellationToken) =>
        FloorOfRequestsAsync(OneRow, "one-row", connectionString, cancellationToken);

    /// <inheritdoc cref="OneRowAsync"/>
    public static Task<ModeServer> BarePageAsync(string connectionString, CancellationToken cancellationToken) =>
        FloorOfRequestsAsync(BarePage, "bare-page", connectionString, cancellationToken);

    /// <summary>
    /// A server with two endpoints and nothing else, whose start the service's is compared with; its code is compiled as it is used.
    /// </summary>
    public static Task<ModeServer> EmptyAsync(CancellationToken cancellationToken) =>
        StartAsync("empty server", "plain", null, cancellationToken, ChildProcess.AsPublished);

    public static Task<ModeServer> PipelineAsync(CancellationToken cancellationToken) =>
        StartAsync("pipeline", "pipeline", null, cancellationToken);

    /// <returns>How often the pipeline has been called.</returns>
    public async Task<long> CallsAsync(CancellationToken cancellationToken) =>
        long.Parse(await _process.AskAsync("calls", "calls", cancellationToken), CultureInfo.InvariantCulture);

    public IReadOnlyCollection<string> Requests(int count) => [.. Enumerable.Repeat("/stream", count)];

    public Task PublishAsync(int first, int count, CancellationToken cancellationToken) =>
        _process.AskAsync(FormattableString.Invariant($"{first} {count}"), "published", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _probe?.Dispose();
    }

    private static Task<ModeServer> FloorOfRequestsAsync(
        string name, string mode, string connectionString, CancellationToken cancellationToken) => StartAsync(
            name, mode, new RuntimeProbe(), cancellationToken, [new(OneRowMode.Variable, connectionString), .. ChildProcess.AsPublished]);

    private static async Task<ModeServer> StartAsync(
        string name, string mode, RuntimeProbe? probe, CancellationToken cancellationToken,
        IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var port = FreePort.Find();
        var process = ChildProcess.StartSelf(
            [mode, port.ToString(CultureInfo.InvariantCulture)], (environment ?? []).Concat(probe?.Environment ?? []));
        await process.HearAsync("up", cancellationToken);
        return new ModeServer(name, port, process, probe);
    }
}
