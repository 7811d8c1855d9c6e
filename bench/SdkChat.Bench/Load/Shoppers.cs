using System.Globalization;
using System.Text.Json;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Load;

/// <summary><see cref="ShopperGenerator"/> in its own process, for the bench.</summary>
internal sealed class Shoppers : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private Shoppers(ChildProcess process) => _process = process;

    /// <param name="requests">One for each shopper: path, and, after a tab, a key.</param>
    public static async Task<Shoppers> OpenAsync(int port, IEnumerable<string> requests, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, requests, cancellationToken);
        var process = ChildProcess.StartSelf(["shoppers", port.ToString(CultureInfo.InvariantCulture), file]);
        await process.HearAsync("up", cancellationToken);
        File.Delete(file);
        return new Shoppers(process);
    }

    public async Task<ShopperReport> PollAsync(int seconds, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ShopperReport>(await _process.AskAsync($"run {seconds}", "report", cancellationToken))!;

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
