using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>The service and whom it is compared with, all with as many readers, taking turns.</summary>
internal sealed class Comparison : IAsyncDisposable
{
    private readonly List<MeasuredServer> _all = [];

    /// <summary>The service; the bare loop; nchan, where it is installed; ASP.NET Core's own way.</summary>
    public static async Task<Comparison> StartAsync(CancellationToken cancellationToken)
    {
        var comparison = new Comparison();
        try
        {
            comparison.Add(await SdkChatServer.StartAsync(1, cancellationToken));
            comparison.Add(await ModeServer.FloorAsync(cancellationToken));
            if (NchanServer.IsInstalled)
                comparison.Add(await NchanServer.StartAsync(cancellationToken));
            comparison.Add(await ModeServer.PlainAsync(cancellationToken));
            return comparison;
        }
        catch
        {
            await comparison.DisposeAsync();
            throw;
        }
    }

    public async Task OpenAsync(int subscribers, CancellationToken cancellationToken)
    {
        foreach (var one in _all)
            await one.OpenAsync(subscribers, cancellationToken);
    }

    /// <summary>Has each take its turn, so many times.</summary>
    /// <returns>For each, by name, what was seen.</returns>
    public async Task<ComparisonResults> RunAsync(int rounds, Func<MeasuredServer, int, Task<Window>> turn)
    {
        var windows = _all.ToDictionary(one => one.Server.Name, _ => new List<Window>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var one in _all)
                windows[one.Server.Name].Add(await turn(one, round));
        }

        return new ComparisonResults(_all[0].Server.Name, windows);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all)
            await one.DisposeAsync();
    }

    private void Add(IServer server) => _all.Add(new MeasuredServer(server));
}
