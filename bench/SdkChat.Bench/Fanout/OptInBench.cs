using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>
/// The fan-out of one service to streams that ask for every kind of event and to streams that ask for none, and the floor's, in turn. The
/// first two show what the parameter costs, the last two what it costs those who do not use it.
/// </summary>
internal sealed class OptInBench : IBench
{
    private const string AllKinds = "?events=chat_started,chat_completed,chat_failed,chat_ended,backlist_triggered";
    private const int Subscribers = 1000;
    private const double PerSecond = 50;

    /// <summary>As in the fan-out bench, which had this bound before there were kinds to ask for.</summary>
    private const double OfFloor = 1.25;

    public string Name => "optin";

    /// <summary>A difference of 2 % takes many rounds.</summary>
    public bool IsLong => true;

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("optin: starting");
        await using var server = await SdkChatServer.StartAsync(1, cancellationToken);
        await using var bare = new MeasuredServer(await ModeServer.FloorAsync(cancellationToken));
        // Once: it does not notice readers that have left.
        await bare.OpenAsync(Subscribers, cancellationToken);
        var (plain, optIn, floor) = (new List<Window>(), new List<Window>(), new List<Window>());
        Func<Task>[] turns =
        [
            async () => plain.Add(await WindowAsync("")),
            async () => optIn.Add(await WindowAsync(AllKinds)),
            async () => floor.Add(await SteadyAsync(bare)),
        ];
        for (var round = 0; round <= run.Pick(2, 10); round++)
        {
            run.Say($"optin: round {round}");
            // There and back: what changes steadily on the machine adds as much to each of them.
            foreach (var turn in round % 2 == 0 ? turns : turns.Reverse())
                await turn();
        }

        return
        [
            // The first round is for the compilers.
            new BenchRow(Name, "CPU µs a delivery, all kinds", Cost(optIn), Cost(plain), "without the parameter", Target.AtMost(1.02)),
            new BenchRow(Name, "CPU µs a delivery, without the parameter", Cost(plain), Cost(floor), "floor", Target.AtMost(OfFloor)),
            new BenchRow(Name, "lost or out of order", optIn.Concat(plain).Sum(window => window.Wrong), null, "", Target.AtMost(0)),
        ];

        static double Cost(List<Window> windows) => Median.Compute(windows.Skip(1).Select(window => window.Cost));

        async Task<Window> WindowAsync(string query)
        {
            await using var measured = new MeasuredServer(new SubscribedServer(server, query));
            await measured.OpenAsync(Subscribers, cancellationToken);
            return await SteadyAsync(measured);
        }

        Task<Window> SteadyAsync(MeasuredServer measured) => measured.SteadyAsync(PerSecond, run.Pick(50, 250), cancellationToken);
    }

    /// <summary>A server whose streams are opened with a query; it stays when the measurement ends.</summary>
    private sealed class SubscribedServer(SdkChatServer server, string query) : IServer
    {
        public string Name => server.Name;

        public int Port => server.Port;

        public IReadOnlyList<int> Processes => server.Processes;

        public IReadOnlyCollection<string> Requests(int count) =>
            [.. server.Requests(count).Select(request => request.Replace("\t", query + "\t", StringComparison.Ordinal))];

        public Task PublishAsync(int first, int count, CancellationToken cancellationToken) =>
            server.PublishAsync(first, count, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
