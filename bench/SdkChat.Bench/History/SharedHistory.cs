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

    private const string Searchable = " with search index";

    private SdkChatServer? _server;

    /// <summary>The tenants' numbers of chats, ascending.</summary>
    public IReadOnlyList<int> Sizes { get; } = [Smallest, .. chats >= Largest ? [chats / 5] : Array.Empty<int>(), chats];

    /// <summary>A tenant whose chats no bench counts, for benches that write.</summary>
    public Guid WritingTenant(SdkChatServer server) => server.Tenants[Sizes.Count];

    /// <param name="isSearched">
    /// Whether the chats must be in the search index, which takes longer than all the rest of the filling. Its entries are then added
    /// before the first use; without it the service's worker takes it for complete and adds nothing.
    /// </param>
    public async Task<SdkChatServer> GetAsync(BenchRun run, CancellationToken cancellationToken, bool isSearched = false)
    {
        var server = await StartAsync(run, cancellationToken);
        if (isSearched && await server.Database.ContentsAsync(cancellationToken) == Contents)
        {
            await TimeAsync(
                run, "search index",
                () => new SearchData(server.Database.ConnectionString, run.Say).BuildAsync([.. server.Tenants], cancellationToken));
            await server.Database.SetContentsAsync(Contents + Searchable, cancellationToken);
        }

        return server;
    }

    private string Contents => string.Join(' ', Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private async Task<SdkChatServer> StartAsync(BenchRun run, CancellationToken cancellationToken) =>
        _server ??= await SdkChatServer.StartAsync(
            Sizes.Count + 1, cancellationToken, probe: new Measuring.RuntimeProbe(),
            prepare: (database, tenants) => FillAsync(run, database, tenants, cancellationToken), folder: folder);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task FillAsync(BenchRun run, BenchDatabase database, Guid[] tenants, CancellationToken cancellationToken)
    {
        if (await database.ContentsAsync(cancellationToken) is { } filled)
        {
            if (filled != Contents && filled != Contents + Searchable)
                throw new InvalidOperationException(
                    $"{folder} has tenants of {filled} chats, not of {Contents}: choose another folder with --data.");
            return;
        }

        var data = new SharedHistoryData(database.ConnectionString);
        await data.AddProfileAsync(tenants[Sizes.Count], cancellationToken);
        await TimeAsync(run, "chats and their indexes", () => data.FillAsync(tenants, Sizes, cancellationToken));
        await TimeAsync(run, "counts", () => HistoryBench.CountAsync(database, cancellationToken));
        await TimeAsync(run, "errors and items", () => TextData.BuildAsync(database.ConnectionString, cancellationToken));
        await data.SkipSearchIndexAsync(cancellationToken);
        await database.SetContentsAsync(Contents, cancellationToken);
    }

    private async Task TimeAsync(BenchRun run, string what, Func<Task> work)
    {
        run.Say($"filling: {what} of {Sizes.Sum():N0} chats");
        var started = TimeProvider.System.GetTimestamp();
        await work();
        await Console.Error.WriteLineAsync(
            $"filled in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s: {what} of {Sizes.Sum():N0} chats");
    }
}
