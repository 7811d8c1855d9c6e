using System.Net.Http.Headers;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>The export of a whole tenant as CSV, of the smallest and of the largest: rows for each second of CPU, and memory meanwhile.</summary>
internal sealed class ExportBench : IBench
{
    private const string Path = "/api/v1/sdk-chat/export?format=csv";
    private const double KbPerMb = 1024;

    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(250);

    public string Name => "export";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (server, sizes) = (await run.History.GetAsync(run, cancellationToken), run.History.Sizes);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"), Timeout = Timeout.InfiniteTimeSpan };
        // For the compilers.
        for (var n = 0; n < run.Pick(2, 5); n++)
            await MeasureAsync(server, client, 0, cancellationToken);
        run.Say($"export: {sizes[0]:N0} rows");
        var small = await MeasureAsync(server, client, 0, cancellationToken);
        run.Say($"export: {sizes[^1]:N0} rows");
        var large = await MeasureAsync(server, client, sizes.Count - 1, cancellationToken);
        if (large.Rows != sizes[^1])
            throw new InvalidOperationException($"The export has {large.Rows} rows, not {sizes[^1]}.");
        return
        [
            new BenchRow(Name, $"rows a second, {sizes[^1]:N0}", large.Rows / large.Seconds, null, "", null),
            new BenchRow(Name, $"rows a second of the service's CPU, {sizes[^1]:N0}", large.Rows / large.ServiceCpu, null, "", Target.AtLeast(50_000)),
            new BenchRow(Name, $"rows a second of CPU with the database's, {sizes[^1]:N0}", large.Rows / (large.ServiceCpu + large.DatabaseCpu), null, "", null),
            new BenchRow(Name, $"CPU µs a row of the service, {sizes[^1]:N0}", large.ServiceCpu * 1e6 / large.Rows, small.ServiceCpu * 1e6 / small.Rows, $"{sizes[0]:N0}", null),
            new BenchRow(Name, $"most PSS MB, {sizes[^1]:N0}", large.MostMb, small.MostMb, $"{sizes[0]:N0}", null),
            new BenchRow(Name, $"PSS MB more than with {sizes[0]:N0} rows", large.MostMb - small.MostMb, null, "", Target.AtMost(16)),
        ];
    }

    private static async Task<Cost> MeasureAsync(SdkChatServer server, HttpClient client, int tenant, CancellationToken cancellationToken)
    {
        var database = ProcessCost.WithChildren(await server.Database.ProcessAsync(cancellationToken));
        var (service, stored, started) = (ProcessCost.CpuSeconds(server.Processes), ProcessCost.CpuSeconds(database), TimeProvider.System.GetTimestamp());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampling = Task.Run(() => MostMbAsync(server, over.Token), CancellationToken.None);
        var rows = await RowsAsync(client, Tokens.ForAdmin(server.Tenants[tenant], tenant), cancellationToken);
        var cost = (Service: ProcessCost.CpuSeconds(server.Processes) - service, Stored: ProcessCost.CpuSeconds(database) - stored);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await over.CancelAsync();
        return new Cost(rows, seconds, cost.Service, cost.Stored, await sampling);
    }

    /// <returns>The rows of the file, without its header.</returns>
    private static async Task<long> RowsAsync(HttpClient client, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, lines) = (new byte[256 * 1024], 0L);
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return lines - 1;
    }

    private static async Task<double> MostMbAsync(SdkChatServer server, CancellationToken over)
    {
        var most = 0d;
        using var timer = new PeriodicTimer(SamplePause);
        do
            most = Math.Max(most, ProcessCost.PssKb(server.Processes) / KbPerMb);
        while (!over.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None));
        return most;
    }

    private sealed record Cost(long Rows, double Seconds, double ServiceCpu, double DatabaseCpu, double MostMb);
}
