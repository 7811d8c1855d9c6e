using System.Globalization;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>
/// Tenants of known sizes in one database, and the service over it. The first bench that needs it fills it; all others of the run use
/// the same, and with a folder all later runs too.
/// </summary>
/// <param name="chats">How many chats the largest tenant has.</param>
/// <param name="folder">Where the database stays after the run; null for one that is deleted.</param>
internal sealed class SharedHistory(int chats, string? folder) : IAsyncDisposable
{
    private const int Smallest = 10_000;

    /// <summary>From here on there is a tenant between the smallest and the largest.</summary>
    private const int Largest = 1_000_000;

    private SdkChatServer? _server;

    /// <summary>The tenants' numbers of chats, ascending.</summary>
    public IReadOnlyList<int> Sizes { get; } = [Smallest, .. chats >= Largest ? [chats / 5] : Array.Empty<int>(), chats];

    /// <summary>A tenant whose chats no bench counts, for benches that write.</summary>
    public Guid WritingTenant(SdkChatServer server) => server.Tenants[Sizes.Count];

    public async Task<SdkChatServer> GetAsync(BenchRun run, CancellationToken cancellationToken) =>
        _server ??= await SdkChatServer.StartAsync(
            Sizes.Count + 1, cancellationToken, probe: new Measuring.RuntimeProbe(), prepare: (database, tenants) => FillAsync(run, database, tenants, cancellationToken),
            folder: folder);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task FillAsync(BenchRun run, BenchDatabase database, Guid[] tenants, CancellationToken cancellationToken)
    {
        var contents = string.Join(' ', Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        if (await database.ContentsAsync(cancellationToken) is { } filled)
        {
            if (filled != contents)
                throw new InvalidOperationException($"{folder} has tenants of {filled} chats, not of {contents}: choose another folder with --data.");
            return;
        }

        var data = new SharedHistoryData(database.ConnectionString);
        await data.AddProfileAsync(tenants[Sizes.Count], cancellationToken);
        await TimeAsync("chats and their indexes", () => data.FillAsync(tenants, Sizes, cancellationToken));
        await TimeAsync("counts", () => HistoryBench.CountAsync(database, cancellationToken));
        await TimeAsync("search index", () => new SearchData(database.ConnectionString).BuildAsync(tenants, cancellationToken));
        await database.SetContentsAsync(contents, cancellationToken);

        async Task TimeAsync(string what, Func<Task> work)
        {
            run.Say($"filling: {what} of {Sizes.Sum():N0} chats");
            var started = TimeProvider.System.GetTimestamp();
            await work();
            await Console.Error.WriteLineAsync($"filled in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s: {what} of {Sizes.Sum():N0} chats");
        }
    }
}
