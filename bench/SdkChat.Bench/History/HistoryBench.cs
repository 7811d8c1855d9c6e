using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Bench.History;

/// <summary>Pages of tenants of very different sizes, their exact total included, over HTTP.</summary>
internal sealed class HistoryBench : IBench
{
    private const string List = "/api/v1/sdk-chat";
    private const string AdminList = "/api/v1/admin/sdk-chat";
    private const int Size = 20;
    private const int Clients = 16;

    /// <summary>So many that no two clients ask for the same at the same time, and none can share another's answer.</summary>
    private const int DifferentPages = 8 * Clients;

    /// <summary>Of one tenant, which all read again when an event comes.</summary>
    private const int Dashboards = 64;

    private readonly List<BenchRow> _rows = [];

    public string Name => "history";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var server = await run.History.GetAsync(run, cancellationToken);
        var writingTenant = run.History.WritingTenant(server);
        var data = new HistoryData(server.Database.ConnectionString);
        using var reader = new PageReader(server.Port);
        await PagesAsync(run, server, data, reader, run.History.Sizes, cancellationToken);
        await RateAsync(run, server, reader, cancellationToken);
        run.Say("history: details of 100 KB");
        var large = await data.AddLargeAsync(writingTenant, cancellationToken);
        _rows.AddRange(await new Details(server, writingTenant).MeasureAsync($"{List}/{large}", run, cancellationToken));
        return _rows;
    }

    private async Task PagesAsync(
        BenchRun run, SdkChatServer server, HistoryData data, PageReader reader, IReadOnlyList<int> sizes,
        CancellationToken cancellationToken)
    {
        run.Say("history: pages");
        var (tenants, largest, chats) = (server.Tenants.Take(sizes.Count).ToArray(), server.Tenants[sizes.Count - 1], sizes[^1]);
        var profiles = await Task.WhenAll(tenants.Select(tenant => data.LargeProfileAsync(tenant, cancellationToken)));
        await CompareAsync("first page", [.. tenants.Select((tenant, n) => ($"{sizes[n]:N0}", List, Tokens.ForAdmin(tenant, n)))], 1.3);
        await CompareAsync("first page of a profile", [.. profiles.Select(
            (profile, n) => ($"{sizes[n] * 3L / 10:N0}", $"{List}?profile_id={profile}", Tokens.ForAdmin(server.Tenants[n], n)))], 1.3);
        await CompareAsync("a tenant's", Pages(List, Tokens.ForAdmin(largest, 0), chats), 3);
        await CompareAsync("a profile's", Pages($"{List}?profile_id={profiles[^1]}", Tokens.ForAdmin(largest, 0), chats * 3L / 10), 3);
        await CompareAsync("everybody's", Pages(AdminList, Tokens.ForBackoffice(), sizes.Sum(size => (long)size)), 3);
        await CompareAsync("backoffice, one tenant's", Pages($"{AdminList}?tenant_id={largest}", Tokens.ForBackoffice(), chats), 3);

        // Each but the first is compared with the first.
        async Task CompareAsync(string what, IReadOnlyList<(string Name, string Path, string Token)> pages, double bound)
        {
            var medians = await reader.MediansAsync(
                [.. pages.Select(page => (page.Path, page.Token))], run.Pick(40, 1000), cancellationToken);
            for (var n = 1; n < pages.Count; n++)
                _rows.Add(new BenchRow(
                    Name, $"p50 ms, {what}, {pages[n].Name}", medians[n], medians[0], pages[0].Name, Target.AtMost(bound)));
        }
    }

    private static (string, string, string)[] Pages(string path, string token, long chats)
    {
        var last = (chats - 1) / Size;
        return [.. new (string Name, long Page)[]
        {
            ("first", 0), ("tenth", 9), ("middle", last / 2), ("nine tenths", last / 10 * 9), ("last", last),
        }
            .Select(page => (page.Name, $"{path}{(path.Contains('?') ? '&' : '?')}page={page.Page}&size={Size}", token))];
    }

    private async Task RateAsync(BenchRun run, SdkChatServer server, PageReader reader, CancellationToken cancellationToken)
    {
        if (!Wrk.IsInstalled)
            return;

        run.Say("history: requests a second");
        var (tenant, duration) = (server.Tenants[run.History.Sizes.Count - 1], TimeSpan.FromSeconds(run.Pick(2, 6)));
        string[] one = [List];
        string[] others = [.. Enumerable.Range(1, DifferentPages).Select(page => $"{List}?page={page}")];
        // Compilers take that long to find out what is worth their while.
        var warmUp = TimeSpan.FromSeconds(run.Pick(3, 15));
        await MeasureAsync(others, Clients, warmUp);
        await MeasureAsync(one, Clients, TimeSpan.FromSeconds(run.Pick(2, 15)));
        await using var oneRow = await RequestFloor.StartOneRowAsync(server.Database, Clients, warmUp, cancellationToken);
        await using var barePage = await RequestFloor.StartBarePageAsync(
            server.Database, tenant, DifferentPages, Clients, warmUp, cancellationToken);
        await barePage.CompareAsync(reader, others[0], Tokens.ForAdmin(tenant, 1), BarePageMode.Path(tenant, 1), cancellationToken);
        var (few, many, different) = (new List<RequestCost>(), new List<RequestCost>(), new List<RequestCost>());
        var (toFew, toMany, toDifferent) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < run.Pick(1, 4); round++)
        {
            few.Add(await MeasureAsync(one, Clients, duration));
            toFew.Add(await PgBenchAsync(FirstPageScript.Create(tenant), Clients));
            different.Add(await MeasureAsync(others, Clients, duration));
            await barePage.MeasureAsync(duration, cancellationToken);
            toDifferent.Add(await PgBenchAsync(SamePagesScript.Create(tenant, DifferentPages), Clients));
            await oneRow.MeasureAsync(duration, cancellationToken);
            many.Add(await MeasureAsync(one, Dashboards, duration));
            toMany.Add(await PgBenchAsync(FirstPageScript.Create(tenant), Dashboards));
        }

        Add($"first pages, {Clients} clients", few, toFew, Target.AtLeast(0.5));
        Add($"first pages, {Dashboards} clients", many, toMany, Target.AtLeast(0.5));
        Add($"different pages, {Clients} clients", different, toFew, Target.AtLeast(0.35), Target.AtMost(80), Target.AtMost(25));
        _rows.AddRange(oneRow.Rows(Name, $"different pages, {Clients} clients", different));
        _rows.AddRange(oneRow.AgainstPgBench(Name, Median.Compute(toFew), Target.AtLeast(0.35)));
        _rows.AddRange(barePage.Rows(Name, $"different pages, {Clients} clients", different));
        _rows.AddRange(barePage.AgainstPgBench(Name, Median.Compute(toFew), Target.AtLeast(0.35)));
        if (Median.Compute(toDifferent) is var statements and > 0)
            _rows.Add(new BenchRow(
                Name, $"different pages, {Clients} clients: a second, beside their whole statement",
                Median.Compute(different.Select(cost => cost.PerSecond)), statements, "pgbench", null));

        Task<RequestCost> MeasureAsync(IReadOnlyList<string> paths, int clients, TimeSpan duration) => RequestCost.MeasureAsync(
            server.Port, paths, Tokens.ForAdmin(tenant, 1), clients, duration, server.Processes, server.Probe, cancellationToken);

        Task<double> PgBenchAsync(string script, int clients) => PgBench.Program is null
            ? Task.FromResult(0.0)
            : PgBench.RateAsync(server.Database.ConnectionString, script, clients, duration, cancellationToken);

        void Add(string what, List<RequestCost> costs, List<double> rates, Target target, Target? cpu = null, Target? allocated = null)
        {
            var peer = Median.Compute(rates);
            _rows.Add(peer > 0
                ? new BenchRow(Name, $"{what}: a second", Median.Compute(costs.Select(cost => cost.PerSecond)), peer, "pgbench", target)
                : new BenchRow(Name, $"{what}: a second", Median.Compute(costs.Select(cost => cost.PerSecond)), null, "", null));
            _rows.Add(new BenchRow(
                Name, $"{what}: CPU µs each, without the database's", Median.Compute(costs.Select(cost => cost.CpuMicroseconds)), null, "",
                cpu));
            _rows.Add(new BenchRow(
                Name, $"{what}: KB allocated each", Median.Compute(costs.Select(cost => cost.AllocatedKb)), null, "", allocated));
        }
    }

    /// <summary>Counts all that was stored, as the service's worker does.</summary>
    public static async Task CountAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        await using var services = Services(database.ConnectionString);
        await database.SettleAsync(cancellationToken);
        await services.GetRequiredService<HistoryCountMaintenance>().ApplyPendingAsync(cancellationToken);
        await database.SettleAsync(cancellationToken);
    }

    /// <summary>The service's own parts over a database, without their workers.</summary>
    public static ServiceProvider Services(string connectionString) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new($"ConnectionStrings:{DatabaseConnection.Name}", connectionString)]).Build())
        .AddLogging()
        .AddInfrastructure()
        .BuildServiceProvider();
}
