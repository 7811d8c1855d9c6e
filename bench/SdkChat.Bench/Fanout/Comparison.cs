using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>The service and whom it is compared with, all with as many readers, taking turns.</summary>
internal sealed class Contest : IAsyncDisposable
{
    private readonly List<Contestant> _all = [];

    /// <summary>The service; the bare loop; nchan, where it is installed; ASP.NET Core's own way.</summary>
    public static async Task<Contest> StartAsync(CancellationToken cancellationToken)
    {
        var contest = new Contest();
        try
        {
            contest.Add(await SdkChatServer.StartAsync(1, cancellationToken));
            contest.Add(await ModeServer.FloorAsync(cancellationToken));
            if (NchanServer.IsInstalled)
                contest.Add(await NchanServer.StartAsync(cancellationToken));
            contest.Add(await ModeServer.PlainAsync(cancellationToken));
            return contest;
        }
        catch
        {
            await contest.DisposeAsync();
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
    public async Task<Standings> RunAsync(int rounds, Func<Contestant, int, Task<Window>> turn)
    {
        var windows = _all.ToDictionary(one => one.Server.Name, _ => new List<Window>());
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var one in _all)
                windows[one.Server.Name].Add(await turn(one, round));
        }

        return new Standings(_all[0].Server.Name, windows);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all)
            await one.DisposeAsync();
    }

    private void Add(IServer server) => _all.Add(new Contestant(server));
}
