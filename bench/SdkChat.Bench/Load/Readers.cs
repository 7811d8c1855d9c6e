using System.Globalization;
using System.Text.Json;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Load;

/// <summary>A load generator in a process of its own, seen from the bench.</summary>
internal sealed class Readers : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private Readers(ChildProcess process, int count, double openingSeconds) =>
        (_process, Count, OpeningSeconds) = (process, count, openingSeconds);

    public int Count { get; }

    /// <summary>From the first attempt to connect to the last answer.</summary>
    public double OpeningSeconds { get; }

    public static async Task<Readers> OpenAsync(
        int port, IReadOnlyCollection<string> requests, CancellationToken cancellationToken, bool countsPings = false,
        bool keepsArrivals = false, TimeSpan? within = null)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, requests, cancellationToken);
        var process = ChildProcess.StartSelf(
            [
                "load", port.ToString(CultureInfo.InvariantCulture), file, .. countsPings ? ["--pings"] : Array.Empty<string>(),
                .. keepsArrivals ? ["--arrivals"] : Array.Empty<string>(),
                .. within is { } time ? ["--within", $"{(int)time.TotalMilliseconds}"] : Array.Empty<string>(),
            ]);
        var answer = (await process.HearAsync("open", cancellationToken)).Split(' ');
        var (open, seconds) = (int.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture));
        File.Delete(file);
        return open == requests.Count
            ? new Readers(process, open, seconds)
            : throw new InvalidOperationException($"Only {open} of {requests.Count} streams could be opened at port {port}.");
    }

    public Task ForgetAsync(CancellationToken cancellationToken) => _process.AskAsync("forget", "forgot", cancellationToken);

    public async Task<long> DeliveredAsync(CancellationToken cancellationToken) =>
        long.Parse(await _process.AskAsync("count", "counted", cancellationToken), CultureInfo.InvariantCulture);

    public async Task<LoadReport> ReportAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<LoadReport>(await _process.AskAsync("report", "report", cancellationToken))!;

    /// <summary>When each event came, by its number.</summary>
    public async Task<Dictionary<int, long>> ArrivalsAsync(CancellationToken cancellationToken)
    {
        var arrivals = await _process.AskAsync("arrivals", "arrivals", cancellationToken);
        return arrivals.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(':'))
            .ToDictionary(
                pair => int.Parse(pair[0], CultureInfo.InvariantCulture), pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until so many events have come, or none has come for seconds.</summary>
    /// <returns>How many came.</returns>
    public async Task<long> UntilAsync(long delivered, CancellationToken cancellationToken)
    {
        var (before, since) = (-1L, TimeProvider.System.GetTimestamp());
        while (await DeliveredAsync(cancellationToken) is var now && now < delivered)
        {
            if (now != before)
                (before, since) = (now, TimeProvider.System.GetTimestamp());
            else if (TimeProvider.System.GetElapsedTime(since) > TimeSpan.FromSeconds(5))
                break;
            await Task.Delay(2, cancellationToken);
        }

        return await DeliveredAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
