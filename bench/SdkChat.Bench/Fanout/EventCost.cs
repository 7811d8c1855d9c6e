using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>
/// What an event costs where few tenants watch, and where very many do. Both services are there at once and take turns, since what
/// the machine gives changes from one minute to the next; the one that rests shows meanwhile what it costs without events. Nobody
/// pings as long as that takes: the pings of streams that were opened together come together, and a turn would hold all of them or none.
/// </summary>
internal sealed class EventCost : IAsyncDisposable
{
    private const double PerSecond = 100;
    private const int LongestPingSeconds = 300;

    private readonly List<Side> _sides = [];

    public static async Task<EventCost> StartAsync(IEnumerable<int> tenants, CancellationToken cancellationToken)
    {
        var cost = new EventCost();
        try
        {
            foreach (var count in tenants)
                cost._sides.Add(await Side.StartAsync(count, cancellationToken));
            return cost;
        }
        catch
        {
            await cost.DisposeAsync();
            throw;
        }
    }

    /// <returns>For each number of tenants, CPU microseconds an event beyond what its process costs without any.</returns>
    public async Task<IReadOnlyList<double>> MeasureAsync(int rounds, int events, CancellationToken cancellationToken)
    {
        // For the compilers.
        const int WarmUps = 2;
        for (var round = 0; round < WarmUps + rounds; round++)
        {
            foreach (var side in _sides)
                await TakeTurnAsync(side, events, cancellationToken);
        }

        return [.. _sides.Select(side => Median.Compute(side.Costs.Skip(WarmUps)))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var side in _sides)
            await side.DisposeAsync();
    }

    private async Task TakeTurnAsync(Side side, int events, CancellationToken cancellationToken)
    {
        var before = _sides.ConvertAll(one => one.CpuSeconds);
        var started = TimeProvider.System.GetTimestamp();
        await foreach (var _ in Pace.KeepAsync(PerSecond, events, cancellationToken))
            await side.PublishAsync(cancellationToken);

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        for (var i = 0; i < _sides.Count; i++)
            (_sides[i] == side ? side.Turns : _sides[i].Rests).Add((_sides[i].CpuSeconds - before[i]) / seconds);
    }

    /// <summary>A service whose tenants have three streams for every two.</summary>
    private sealed class Side(SdkChatServer server, Readers readers) : IAsyncDisposable
    {
        private int _next;

        /// <summary>CPU seconds a second with events.</summary>
        public List<double> Turns { get; } = [];

        /// <summary>The same without.</summary>
        public List<double> Rests { get; } = [];

        public double CpuSeconds => ProcessCost.CpuSeconds(server.Processes);

        public static async Task<Side> StartAsync(int tenants, CancellationToken cancellationToken)
        {
            var server = await SdkChatServer.StartAsync(tenants, cancellationToken, LongestPingSeconds);
            return new Side(server, await Readers.OpenAsync(server.Port, server.Requests(tenants * 3 / 2), cancellationToken));
        }

        /// <summary>Spread over the tenants: the number decides which one.</summary>
        public Task PublishAsync(CancellationToken cancellationToken) =>
            server.PublishAsync((int)((long)_next++ * 7919 % server.Tenants.Count), 1, cancellationToken);

        /// <summary>Each turn's, less what the rest beside it cost.</summary>
        public IEnumerable<double> Costs =>
            Turns.Zip(Rests, (turn, rest) => (turn - rest) * 1e6 / PerSecond);

        public async ValueTask DisposeAsync()
        {
            await readers.DisposeAsync();
            await server.DisposeAsync();
        }
    }
}
