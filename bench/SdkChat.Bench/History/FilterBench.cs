using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>
/// Filtered pages, counts and statistics of tenants of different sizes, over HTTP: against the unfiltered first page of the same tenant,
/// and against the same page of the smallest tenant.
/// </summary>
internal sealed class FilterBench : IBench
{
    private const string List = "/api/v1/sdk-chat";
    private const string AdminList = "/api/v1/admin/sdk-chat";

    /// <summary>
    /// How many times the unfiltered first page a page may take, counts and statistics, and how many times the same page of the smallest
    /// tenant.
    /// </summary>
    private const double PageBound = 3, StatsBound = 5, FlatBound = 1.5;

    private static readonly (string Name, string Query)[] Stats =
    [
        ("counts", "/counts"),
        ("counts of a month", "/counts?from=2026-02-01&to=2026-03-01"),
        ("statistics of 28 days", "/stats?from=2026-02-01&to=2026-03-01&tz=Asia/Tokyo"),
        ("statistics of 400 hours", "/stats?from=2026-02-01T00:00:00Z&to=2026-02-17T16:00:00Z&bucket=hour"),
        ("statistics of 400 days", "/stats?from=2025-06-01&to=2026-07-06&tz=Asia/Kathmandu"),
        ("statistics of 400 weeks", "/stats?from=2018-11-05&to=2026-07-06&bucket=week&tz=Asia/Tokyo"),
    ];

    public string Name => "filters";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (server, sizes) = (await run.History.GetAsync(run, cancellationToken), run.History.Sizes);
        var data = new HistoryData(server.Database.ConnectionString);
        using var reader = new PageReader(server.Port);
        var medians = new List<IReadOnlyList<double>>();
        for (var n = 0; n < sizes.Count; n++)
        {
            run.Say($"filters: pages of {sizes[n]:N0} chats");
            var (tenant, token) = (server.Tenants[n], Tokens.ForAdmin(server.Tenants[n], n));
            var profile = await data.LargeProfileAsync(tenant, cancellationToken);
            medians.Add(await reader.MediansAsync(
                [
                    (List, token), .. TenantPages(profile, sizes[n]).Select(page => (List + page.Query, token)),
                    (AdminList, Tokens.ForBackoffice()),
                    .. AdminPages(tenant, profile).Select(page => (AdminList + page.Query, Tokens.ForBackoffice())),
                    .. Stats.Select(one => (List + one.Query, token)),
                ],
                run.Pick(20, 300), cancellationToken));
        }

        return [.. sizes.SelectMany((size, n) => Rows(size, medians[n], medians[0]))];
    }

    /// <summary>Any combination of filters, first pages and pages far behind.</summary>
    private static (string Name, string Query)[] TenantPages(Guid profile, int chats) =>
    [
        ("status=error", "?status=error"),
        ("status=completed", "?status=completed"),
        ("status=in_progress", "?status=in_progress"),
        ("status=error,ended", "?status=error,ended"),
        ("triggered=true", "?triggered=true"),
        ("triggered=false", "?triggered=false"),
        ("a month", "?from=2026-02-01&to=2026-03-01"),
        ("a month's errors, page 9", "?from=2026-02-01&to=2026-03-01&status=error&page=9"),
        ("errors, middle page", FormattableString.Invariant($"?status=error&page={chats * 3L / 100 / 20}")),
        ("completed, middle page", FormattableString.Invariant($"?status=completed&page={chats * 44L / 100 / 20}")),
        ("a profile", $"?profile_id={profile}"),
        ("a profile's errors", $"?profile_id={profile}&status=error"),
        ("a profile's triggered of a month", $"?profile_id={profile}&triggered=true&from=2026-02-01&to=2026-03-01"),
    ];

    private static (string Name, string Query)[] AdminPages(Guid tenant, Guid profile) =>
    [
        ("all tenants, errors", "?status=error"),
        ("all tenants, triggered of a month", "?triggered=true&from=2026-02-01&to=2026-03-01"),
        ("backoffice, a tenant", $"?tenant_id={tenant}"),
        ("backoffice, a tenant's errors of a month", $"?tenant_id={tenant}&status=error&from=2026-02-01&to=2026-03-01"),
        ("backoffice, a profile's completed", $"?tenant_id={tenant}&profile_id={profile}&status=completed"),
    ];

    private IEnumerable<BenchRow> Rows(int size, IReadOnlyList<double> medians, IReadOnlyList<double> smallest)
    {
        var tenantPages = TenantPages(Guid.Empty, size);
        var adminPages = AdminPages(Guid.Empty, Guid.Empty);
        var adminFirst = 1 + tenantPages.Length;
        var firstStats = adminFirst + 1 + adminPages.Length;
        for (var n = 0; n < medians.Count; n++)
        {
            if (n == 0 || n == adminFirst)
                continue;
            var isStats = n >= firstStats;
            var name = isStats
                ? Stats[n - firstStats].Name
                : n > adminFirst ? adminPages[n - adminFirst - 1].Name : tenantPages[n - 1].Name;
            var first = medians[n > adminFirst && !isStats ? adminFirst : 0];
            yield return new BenchRow(
                Name, $"p50 ms, {name}, {size:N0}", medians[n], first, "unfiltered first page",
                Target.AtMost(isStats ? StatsBound : PageBound));
            if (!isStats && medians != smallest)
                yield return new BenchRow(
                    Name, $"p50 ms, {name}, {size:N0}", medians[n], smallest[n], "smallest tenant", Target.AtMost(FlatBound));
        }
    }
}
