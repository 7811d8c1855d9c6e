using System.Diagnostics;
using System.Globalization;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Backplane;

/// <summary>A Redis of the bench's own, on a free port of this machine.</summary>
internal sealed class BenchRedis : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

    private readonly Process _process;

    private BenchRedis(Process process, int port) =>
        (_process, ConnectionString) = (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    public string ConnectionString { get; }

    public int Process => _process.Id;

    public static string? Find() => Places.FirstOrDefault(File.Exists);

    public static async Task<BenchRedis> StartAsync(CancellationToken cancellationToken)
    {
        var port = FreePort.Find();
        string[] arguments =
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--logfile",
            "/dev/null",
        ];
        var redis = new BenchRedis(System.Diagnostics.Process.Start(new ProcessStartInfo(Find()!, arguments))!, port);
        await FreePort.UntilOpenAsync(port, cancellationToken);
        return redis;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
