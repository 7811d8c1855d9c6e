using System.Globalization;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Servers;

/// <summary>A server that is one of this program's own modes.</summary>
internal sealed class ModeServer : IServer
{
    private readonly ChildProcess _process;

    private ModeServer(string name, int port, ChildProcess process) => (Name, Port, _process) = (name, port, process);

    public string Name { get; }

    public int Port { get; }

    public IReadOnlyList<int> Processes => [_process.Id];

    public static Task<ModeServer> FloorAsync(CancellationToken cancellationToken) => StartAsync("floor", "floor", cancellationToken);

    public static Task<ModeServer> PlainAsync(CancellationToken cancellationToken) => StartAsync("ASP.NET Core", "plain", cancellationToken);

    public IReadOnlyCollection<string> Requests(int count) => [.. Enumerable.Repeat("/stream", count)];

    public Task PublishAsync(int first, int count, CancellationToken cancellationToken) =>
        _process.AskAsync(FormattableString.Invariant($"{first} {count}"), "published", cancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<ModeServer> StartAsync(string name, string mode, CancellationToken cancellationToken)
    {
        var port = FreePort.Find();
        var process = ChildProcess.StartSelf(mode, port.ToString(CultureInfo.InvariantCulture));
        await process.HearAsync("up", cancellationToken);
        return new ModeServer(name, port, process);
    }
}
