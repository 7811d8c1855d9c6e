using System.Globalization;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Rules.Conventions;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.1: filters of the lists, and counts.</summary>
internal static class FilterRules
{
    private static readonly string[] CountMembers = ["total", "in_progress", "completed", "error", "ended", "triggered"];

    [Rule("8.filter-status", "status leaves the chats that have one of the statuses, and the total is theirs.",
        Needs.Shopper | Needs.Tenant)]
    public static async Task Status(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        await chats.ShouldListAsync("status=ended", chats.FirstEnded, chats.SecondEnded);
        await chats.ShouldListAsync("status=completed", chats.Triggered, chats.Completed);
        await chats.ShouldListAsync("status=error");
        await chats.ShouldListAsync(
            "status=ended,in_progress,completed", chats.Triggered, chats.Completed, chats.FirstEnded, chats.SecondEnded);
    }

    [Rule("8.filter-triggered", "triggered=true leaves the chats with an accepted trigger, false those without; with status both count.",
        Needs.Shopper | Needs.Tenant)]
    public static async Task Triggered(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        await chats.ShouldListAsync("triggered=true", chats.Triggered);
        await chats.ShouldListAsync("triggered=false", chats.Completed, chats.FirstEnded, chats.SecondEnded);
        await chats.ShouldListAsync("triggered=false&status=completed", chats.Completed);
        await chats.ShouldListAsync("triggered=true&status=ended");
    }

    [Rule("8.filter-time", "from is inclusive and to exclusive, on created_at; they take instants with any offset.",
        Needs.Shopper | Needs.Tenant)]
    public static async Task Time(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        var (second, third) = (await chats.StartOfAsync(chats.Completed), await chats.StartOfAsync(chats.FirstEnded));
        await chats.ShouldListAsync($"from={Instant(second)}&to={Instant(third)}", second < third ? [chats.Completed] : []);
        await chats.ShouldListAsync($"from={Instant(third)}&status=ended", chats.FirstEnded, chats.SecondEnded);
        await chats.ShouldListAsync(
            $"to={Instant(second)}&status=completed", await chats.StartOfAsync(chats.Triggered) < second ? [chats.Triggered] : []);
        await chats.ShouldListAsync(
            $"from={Instant(third.ToOffset(TimeSpan.FromHours(5.5)))}&status=ended", chats.FirstEnded, chats.SecondEnded);
    }

    [Rule("8.filter-dates", "from and to take local dates together with tz.", Needs.Shopper | Needs.Tenant)]
    public static async Task Dates(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        var start = await chats.StartOfAsync(chats.Completed);
        // A zone where it is another day than in UTC.
        var (zone, offset) = start.Hour >= 10 ? ("Pacific/Kiritimati", 14) : ("Pacific/Pago_Pago", -11);
        var day = DateOnly.FromDateTime(start.UtcDateTime.AddHours(offset));
        await chats.ShouldListAsync(
            $"from={Date(day)}&to={Date(day.AddDays(1))}&tz={zone}&status=completed", chats.Triggered, chats.Completed);
        await chats.ShouldListAsync($"from={Date(day)}&to={Date(day.AddDays(1))}&status=completed");
    }

    [Rule("8.filter-values", "Unknown values, and parameters that are given twice, are 400 naming the parameter.", Needs.Tenant)]
    public static async Task Values(Service service)
    {
        foreach (var path in new[] { Paths.List, Paths.List + "/counts" })
        {
            foreach (var (name, value) in new[]
            {
                ("status", "done"), ("status", ""), ("status", "error,"), ("status", "Error"), ("triggered", "yes"), ("triggered", ""),
                ("from", "yesterday"),
                ("from", "2026-02-30"), ("from", "2026-04-23T05:28:08"), ("to", "10000-01-01"), ("to", ""), ("tz", "Mars/Olympus"),
                ("tz", "Tokyo Standard Time"), ("tz", ""),
            })
                (await service.GetAsync($"{path}?{name}={Uri.EscapeDataString(value)}", service.Tenant)).ShouldRefuse(name);
            foreach (var twice in new[] { "status=error", "triggered=true", "from=2026-01-01", "to=2026-01-01", "tz=UTC" })
                (await service.GetAsync($"{path}?{twice}&{twice}", service.Tenant)).ShouldRefuse(twice.Split('=')[0]);
            (await service.GetAsync($"{path}?from=2026-01-02&to=2026-01-01", service.Tenant)).ShouldRefuse("from");
        }
    }

    [Rule("8.filter-pages", "Filters combine with page, size and cursors, and Link carries them.", Needs.Shopper | Needs.Tenant)]
    public static async Task Pages(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        var page = await chats.ListAsync("status=ended&size=1&page=1");
        page.Expect(page.Data().Ids().SequenceEqual([chats.FirstEnded]), chats.FirstEnded, string.Join(", ", page.Data().Ids()));
        var first = await chats.ListAsync("status=ended,error&triggered=false&from=2026-01-01&size=1");
        var next = PageLinks.Parse(first).GetValueOrDefault("next");
        first.Expect(next is not null, "a next link", "none");
        var second = await service.GetAsync(next!, service.Tenant);
        second.Expect(second.Data().Ids().SequenceEqual([chats.FirstEnded]), chats.FirstEnded, string.Join(", ", second.Data().Ids()));
        second.Expect(second.Data().Number("total") == 2, "total 2", $"total {second.Data().Raw("total")}");
        second.Expect(PageLinks.Parse(second).GetValueOrDefault("next") is null, "no next link", "one");
    }

    [Rule("8.counts", "Each number of the counts is the total of the list under that filter.", Needs.Shopper | Needs.Tenant | Needs.Admin)]
    public static async Task Counts(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        foreach (var (list, token) in new[] { (Paths.List, service.Tenant), (Paths.AdminList, service.Admin) })
        {
            foreach (var filter in new[] { "", "&triggered=false", "&status=completed,ended", "&from=2026-01-01&to=9999-12-31" })
            {
                var counts = await service.GetAsync($"{list}/counts?profile_id={chats.Profile}{filter}", token);
                var data = counts.Data();
                counts.Expect(
                    data.Members().SequenceEqual(CountMembers), string.Join(", ", CountMembers), string.Join(", ", data.Members()));
                var totals = new List<long> { await TotalAsync(filter) };
                foreach (var status in CountMembers[1..5])
                    totals.Add(filter.Contains("status", StringComparison.Ordinal) && !filter.Contains(status, StringComparison.Ordinal)
                        ? 0
                        : await TotalAsync(filter.Replace("&status=completed,ended", "", StringComparison.Ordinal) + $"&status={status}"));
                totals.Add(filter.Contains("triggered", StringComparison.Ordinal) ? 0 : await TotalAsync(filter + "&triggered=true"));
                var came = CountMembers.Select(member => data.Number(member)).ToArray();
                counts.Expect(came.SequenceEqual(totals), string.Join(", ", totals), string.Join(", ", came));

                async Task<long> TotalAsync(string more) =>
                    (await service.GetAsync($"{list}?profile_id={chats.Profile}&size=1{more}", token)).Data().Number("total");
            }
        }
    }

    private static string Instant(DateTimeOffset instant) =>
        Uri.EscapeDataString(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
