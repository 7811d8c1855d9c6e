using SdkChat.Bench.Fanout;
using SdkChat.Bench.Servers;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Chats.Indexing;

namespace SdkChat.Bench.History;

/// <summary>
/// What keeping counts and the search index costs writers: the service's statements with and without, in turn, beside millions of chats.
/// </summary>
internal sealed class WriteBench : IBench
{
    private const string CountIndexes = "sdk_chat_by_xid,sdk_chat_by_final_xid,sdk_chat_in_progress";

    public string Name => "writes";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        if (PgBench.Program is null)
            return [];

        var server = await run.History.GetAsync(run, cancellationToken, isSearched: true);
        var tenant = run.History.WritingTenant(server);
        var profile = await new HistoryData(server.Database.ConnectionString).LargeProfileAsync(tenant, cancellationToken);
        await using var services = HistoryBench.Services(server.Database.ConnectionString);
        var counts = new CountingWorker(server.Database.ConnectionString, services);
        var (kickoff, both) = (TransitionScript.CreateKickoff(tenant, profile), TransitionScript.Create(tenant, profile));
        var rounds = new WriteRounds(server.Database.ConnectionString, run.Pick(1, 5), TimeSpan.FromSeconds(run.Pick(2, 6)));

        run.Say("writes: kickoffs, counted");
        var counted = await rounds.MeasureAsync(kickoff, Counting(), cancellationToken);
        run.Say("writes: kickoffs and completions, counted");
        var transitions = await rounds.MeasureAsync(both, Counting(), cancellationToken);
        run.Say("writes: kickoffs, in the search index");
        // The service's own worker adds them, unless another session has its lock.
        var indexed = await rounds.MeasureAsync(
            kickoff,
            new WriteRounds.Case
            {
                LocksWithout = [SearchIndex.AdvisoryLock],
                LocksAlways = [CountTransaction.AdvisoryLock],
                AfterWithout = counts.SkipTextsAsync,
            },
            cancellationToken);
        await counts.CatchUpAsync(cancellationToken);
        await SkipIndexAsync(server, cancellationToken);
        return
        [
            new BenchRow(Name, "kickoffs a second, counted", counted.With, counted.Without, "uncounted", Target.AtLeast(0.8)),
            new BenchRow(
                Name, "kickoffs and completions a second, counted", transitions.With, transitions.Without, "uncounted",
                Target.AtLeast(0.9)),
            new BenchRow(Name, "kickoffs a second, in the search index", indexed.With, indexed.Without, "not added", Target.AtLeast(0.8)),
        ];

        WriteRounds.Case Counting() => new()
        {
            Indexes = CountIndexes,
            LocksWithout = [CountTransaction.AdvisoryLock],
            LocksAlways = [SearchIndex.AdvisoryLock],
            AfterWithout = counts.SkipTextsAsync,
            BeforeWith = counts.CatchUpAsync,
            Work = counts.RunAsync,
        };
    }

    /// <summary>Adding what these rounds have written would disturb the next bench.</summary>
    private static Task SkipIndexAsync(SdkChatServer server, CancellationToken cancellationToken) => WriteRounds.ExecuteAsync(
        server.Database.ConnectionString, SearchData.SkipIndex, cancellationToken);
}
