using System.Net.Http.Headers;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>
/// The export of a whole tenant as CSV: rows for each second of CPU, and memory. The largest tenant's is compared with as many rows in
/// exports of the smallest, one after the other: the collector's budget is then used alike, and what remains is memory that grows with the
/// rows of one export.
/// </summary>
internal sealed class ExportBench : IBench
{
    private const string Path = "/api/v1/sdk-chat/export?format=csv";
    private const double KbPerMb = 1024;
    private const double BytesPerMb = 1 << 20;

    private static readonly TimeSpan SamplePause = TimeSpan.FromMilliseconds(250);

    public string Name => "export";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (server, sizes) = (await run.History.GetAsync(run, cancellationToken), run.History.Sizes);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"), Timeout = Timeout.InfiniteTimeSpan };
        // For the compilers.
        for (var n = 0; n < run.Pick(1, 5); n++)
            await RowsAsync(client, Token(server, 0), _ => Task.CompletedTask, cancellationToken);
        var others = $"in exports of {sizes[0]:N0}";
        run.Say($"export: {sizes[^1]:N0} rows {others}");
        var small = await MeasureAsync(server, client, 0, sizes[^1], cancellationToken);
        run.Say($"export: {sizes[^1]:N0} rows");
        var large = await MeasureAsync(server, client, sizes.Count - 1, sizes[^1], cancellationToken);
        if (large.Rows != sizes[^1])
            throw new InvalidOperationException($"The export has {large.Rows} rows, not {sizes[^1]}.");
        return
        [
            new BenchRow(Name, $"rows a second, {sizes[^1]:N0}", large.Rows / large.Seconds, small.Rows / small.Seconds, others, null),
            new BenchRow(
                Name, $"rows a second of the service's CPU, {sizes[^1]:N0}", large.Rows / large.ServiceCpu, null, "",
                Target.AtLeast(50_000)),
            new BenchRow(
                Name, $"rows a second of CPU with the database's, {sizes[^1]:N0}", large.Rows / (large.ServiceCpu + large.DatabaseCpu),
                null, "", null),
            new BenchRow(
                Name, $"CPU µs a row of the service, {sizes[^1]:N0}", large.ServiceCpu * 1e6 / large.Rows,
                small.ServiceCpu * 1e6 / small.Rows, others, null),
            new BenchRow(
                Name, $"bytes allocated a row, {sizes[^1]:N0}", large.Allocated / large.Rows, small.Allocated / small.Rows, others, null),
            new BenchRow(Name, $"heap MB in use half-way, {sizes[^1]:N0}", large.HeapMb, small.HeapMb, others, null),
            new BenchRow(Name, $"most PSS MB, {sizes[^1]:N0}", large.MostMb, small.MostMb, others, null),
            new BenchRow(Name, $"PSS MB more than {others}", large.MostMb - small.MostMb, null, "", Target.AtMost(16)),
        ];
    }

    private static string Token(SdkChatServer server, int tenant) => Tokens.ForAdmin(server.Tenants[tenant], tenant);

    /// <summary>Exports a tenant until so many rows were read.</summary>
    private static async Task<Cost> MeasureAsync(
        SdkChatServer server, HttpClient client, int tenant, long rows, CancellationToken cancellationToken)
    {
        var database = ProcessCost.WithChildren(await server.Database.ProcessAsync(cancellationToken));
        var facts = await server.Probe.AskAsync(cancellationToken);
        var (service, stored, started) = (
            ProcessCost.CpuSeconds(server.Processes), ProcessCost.CpuSeconds(database), TimeProvider.System.GetTimestamp());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampling = Task.Run(() => MostMbAsync(server, over.Token), CancellationToken.None);
        var (read, heap) = (0L, 0L);
        while (read < rows)
        {
            var before = read;
            read += await RowsAsync(client, Token(server, tenant), WeighAsync, cancellationToken);

            async Task WeighAsync(long soFar)
            {
                if (heap == 0 && before + soFar >= rows / 2)
                    heap = (await server.Probe.AskAsync(cancellationToken, afterCollection: true)).HeapBytes;
            }
        }

        var (serviceCpu, databaseCpu) = (ProcessCost.CpuSeconds(server.Processes) - service, ProcessCost.CpuSeconds(database) - stored);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var allocated = (await server.Probe.AskAsync(cancellationToken)).Allocated - facts.Allocated;
        await over.CancelAsync();
        return new Cost(read, seconds, serviceCpu, databaseCpu, await sampling, allocated, heap / BytesPerMb);
    }

    /// <param name="progress">Called with the number of rows so far.</param>
    /// <returns>The rows of the file, without its header.</returns>
    private static async Task<long> RowsAsync(
        HttpClient client, string token, Func<long, Task> progress, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (buffer, lines) = (new byte[256 * 1024], 0L);
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            await progress(lines);
        }

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

    private sealed record Cost(
        long Rows, double Seconds, double ServiceCpu, double DatabaseCpu, double MostMb, double Allocated, double HeapMb);
}
