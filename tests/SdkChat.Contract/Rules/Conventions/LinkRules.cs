using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Conventions;

/// <summary>Section 2: walking a list by its links.</summary>
internal static class LinkRules
{
    private const int MostPages = 5;

    [Rule("2.links", "Lists send Link with next, prev, first and last: relative, with a cursor for page, keeping filter and size.",
        Needs.Tenant)]
    public static async Task Links(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        var middle = await shelf.TenantAsync("size=1&page=1");
        middle.Data();
        var links = PageLinks.Parse(middle);
        foreach (var relation in new[] { "next", "prev", "first", "last" })
        {
            var target = links.GetValueOrDefault(relation, "");
            middle.Expect(
                target.Contains("cursor=", StringComparison.Ordinal) && !target.Contains("page=", StringComparison.Ordinal),
                $"a link {relation} with a cursor", $"Link: {middle.Header("Link")}");
            middle.Expect(!target.Contains("://", StringComparison.Ordinal), $"a relative link {relation}", target);
            middle.Expect(target.Contains("size=1", StringComparison.Ordinal), $"a link {relation} that keeps size", target);
            middle.Expect(
                shelf.Profile is null || target.Contains($"profile_id={shelf.Profile}", StringComparison.Ordinal),
                $"a link {relation} that keeps profile_id", target);
        }

        var first = await shelf.TenantAsync("size=1");
        first.Expect(!PageLinks.Parse(first).ContainsKey("prev"), "no prev on the first page", first.Header("Link"));
    }

    [Rule("2.cursor-walk", "Following next sees every row once, none skipped; the body's page is the index it has.", Needs.Tenant)]
    public static async Task Walk(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var expected = (await shelf.TenantPageAsync($"size={2 * MostPages}")).Ids();
            var (seen, last, walkedOff) = await FollowAsync(
                service, shelf.Path(Paths.List, "size=2"), checksPage: shelf.Profile is not null);
            if (seen.SequenceEqual(expected) && walkedOff == shelf.Count <= 2 * MostPages)
                return;
            await shelf.ShouldHaveMovedAsync($"size={2 * MostPages}", expected, last, seen);
        }

        throw new CannotTellException("rows arrive while they are read: --allow-writes");
    }

    [Rule("2.cursor-back", "prev leads back, and first and last to the ends.", Needs.Tenant)]
    public static async Task Back(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        if (shelf.IsShared)
            throw new CannotTellException("rows may arrive meanwhile: --allow-writes");
        var top = await shelf.TenantAsync("size=2");
        var second = await NextAsync(service, top, "next");
        var back = await NextAsync(service, second, "prev");
        back.Expect(
            back.Data().Ids().SequenceEqual(top.Data().Ids()), "prev of the second page to be the first",
            string.Join(", ", back.Data().Ids()));
        var first = await NextAsync(service, second, "first");
        first.Expect(
            first.Data().Ids().SequenceEqual(top.Data().Ids()), "first to be the first page", string.Join(", ", first.Data().Ids()));
        var (last, all) = (await NextAsync(service, second, "last"), (await shelf.TenantPageAsync("size=100")).Ids());
        last.Expect(
            last.Data().Ids().LastOrDefault() == all[^1] && !PageLinks.Parse(last).ContainsKey("next"),
            $"last to end with {all[^1]}, and no next", $"{string.Join(", ", last.Data().Ids())}; {last.Header("Link")}");
    }

    [Rule("2.cursor-while-rows-arrive", "A client that follows next sees no row twice and none skipped while new rows arrive.",
        Needs.Shopper)]
    public static async Task WhileRowsArrive(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var before = new List<string>();
        for (var i = 0; i < 6; i++)
            before.Insert(0, await shopper.StartAsync());
        var (seen, last, _) = await FollowAsync(
            service, $"{Paths.List}?profile_id={shopper.Profile}&size=2", checksPage: false, shopper.StartAsync);
        last.Expect(seen.SequenceEqual(before), $"the six rows that were there: {string.Join(", ", before)}", string.Join(", ", seen));
    }

    [Rule("2.bad-cursor", "A bad cursor is 400 naming cursor.", Needs.Tenant)]
    public static async Task BadCursor(Service service)
    {
        foreach (var cursor in new[] { "x", "", "!!!", new string('A', 500), "eyJhIjoxfQ" })
            (await service.GetAsync($"{Paths.List}?cursor={cursor}", service.Tenant)).ShouldRefuse("cursor");
    }

    /// <returns>All rows seen on at most so many pages, the last answer, and whether that was the end of the list.</returns>
    private static async Task<(List<string> Seen, Answer Last, bool IsEnd)> FollowAsync(
        Service service, string path, bool checksPage, Func<Task>? meanwhile = null)
    {
        var answer = await service.GetAsync(path, service.Tenant);
        var seen = new List<string>(answer.Data().Ids());
        for (var page = 1; page < MostPages; page++)
        {
            if (meanwhile is not null)
                await meanwhile();
            if (!PageLinks.Parse(answer).TryGetValue("next", out var next))
                return (seen, answer, true);
            answer = await service.GetAsync(next, service.Tenant);
            var data = answer.Data();
            answer.Expect(data.Number("page") == page || !checksPage, $"\"page\": {page}", $"\"page\": {data.Raw("page")}");
            seen.AddRange(data.Ids());
        }

        return (seen, answer, !PageLinks.Parse(answer).ContainsKey("next"));
    }

    private static async Task<Answer> NextAsync(Service service, Answer from, string relation)
    {
        from.Expect(PageLinks.Parse(from).ContainsKey(relation), $"a link {relation}", from.Header("Link"));
        return await service.GetAsync(PageLinks.Parse(from)[relation], service.Tenant);
    }
}
