using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>
/// A node has died, and all of its streams come to this one at once, spread by nothing but their <c>retry:</c>. How long until the last is
/// ready, and what lists take meanwhile.
/// </summary>
internal sealed class StormBench : IBench
{
    private const string List = "/api/v1/sdk-chat";
    private const int Tenants = 100;

    /// <summary>Over which <c>retry:</c> spreads the connections: from half of <c>Live:RetryMilliseconds</c> to one and a half.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(3);

    public string Name => "storm";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("storm: starting");
        var streams = run.Pick(5000, 15_000);
        await using var server = await SdkChatServer.StartAsync(Tenants, cancellationToken);
        // Its own streams, and once as many as will come: what a process needs once, such as pools and compiled code, it has after that.
        await using var own = await Readers.OpenAsync(server.Port, server.Requests(Tenants), cancellationToken);
        await using (await Readers.OpenAsync(server.Port, server.Requests(streams), cancellationToken))
            run.Say("storm: warming up");

        var (ours, floors, lists) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= run.Pick(1, 3); round++)
        {
            await UntilGoneAsync(server, cancellationToken);
            run.Say($"storm: {streams:N0} streams, round {round}");
            ours.Add(await StormAsync(server, streams, times => lists.AddRange(times), cancellationToken));
            // A new one in each round: it keeps the sockets of readers that left.
            await using var floor = await ModeServer.FloorAsync(cancellationToken);
            floors.Add(await StormAsync(floor, streams, null, cancellationToken));
        }

        return
        [
            new BenchRow(Name, $"s until {streams} streams are ready", Median.Compute(ours), Median.Compute(floors), "floor", null),
            // Of fewer streams the bound would say nothing.
            new BenchRow(Name, "slowest round, s", ours.Max(), null, "", run.Quick ? null : Target.AtMost(10)),
            new BenchRow(
                Name, "p99 ms of a list meanwhile",
                lists.Count > 0 ? lists.Order().ElementAt((int)(lists.Count * 0.99)) : double.PositiveInfinity, null, "",
                Target.AtMost(250)),
            new BenchRow(Name, "lists meanwhile", lists.Count, null, "", null),
        ];
    }

    private static async Task<double> StormAsync(
        IServer server, int streams, Action<List<double>>? addLists, CancellationToken cancellationToken)
    {
        using var storm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lists = server is SdkChatServer service && addLists is not null
            ? ListsAsync(service, storm.Token)
            : Task.FromResult<List<double>>([]);
        try
        {
            await using var readers = await Readers.OpenAsync(server.Port, server.Requests(streams), cancellationToken, within: Spread);
            return readers.OpeningSeconds;
        }
        finally
        {
            await storm.CancelAsync();
            addLists?.Invoke(await lists);
        }
    }

    /// <summary>Waits until the node has closed the connections of the round before, which else count against its limits.</summary>
    private static async Task UntilGoneAsync(SdkChatServer server, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (Directory.GetFiles($"/proc/{server.Processes[0]}/fd").Length > 1000)
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }

    /// <summary>One reader of pages, who waits for each before the next.</summary>
    private static async Task<List<double>> ListsAsync(SdkChatServer server, CancellationToken cancellationToken)
    {
        using var reader = new PageReader(server.Port);
        var times = new List<double>();
        try
        {
            for (var n = 0; ; n++)
                times.Add(await reader.TimeAsync(List, Tokens.ForAdmin(server.Tenants[n % Tenants], n), cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return times;
        }
    }
}
