using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>The service and whom it is compared with, all with as many readers, taking turns.</summary>
internal sealed class Contest : IAsyncDisposable
{
    private readonly List<Contestant> _all = [];

    public IReadOnlyList<Contestant> All => _all;

    public Contestant Ours => _all[0];

    /// <summary>The bare loop, ASP.NET Core's own way, and nchan where it is installed.</summary>
    public IEnumerable<Contestant> Peers => _all.Skip(1);

    public static async Task<Contest> OpenAsync(int subscribers, CancellationToken cancellationToken)
    {
        var contest = new Contest();
        try
        {
            await contest.AddAsync(await SdkChatServer.StartAsync(1, cancellationToken), subscribers, cancellationToken);
            await contest.AddAsync(await ModeServer.FloorAsync(cancellationToken), subscribers, cancellationToken);
            if (NchanServer.IsInstalled)
                await contest.AddAsync(await NchanServer.StartAsync(cancellationToken), subscribers, cancellationToken);
            await contest.AddAsync(await ModeServer.PlainAsync(cancellationToken), subscribers, cancellationToken);
            return contest;
        }
        catch
        {
            await contest.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _all)
            await one.DisposeAsync();
    }

    private async Task AddAsync(IServer server, int subscribers, CancellationToken cancellationToken)
    {
        try
        {
            _all.Add(await Contestant.OpenAsync(server, subscribers, cancellationToken));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
