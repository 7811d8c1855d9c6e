using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Conventions;

/// <summary>Section 2: pages by number. All hold for each list: the tenant's, the backoffice's and a profile's.</summary>
internal static class PagingRules
{
    [Rule("2.page-defaults", "page is 0 and size 20 where nothing is said.", Needs.Tenant)]
    public static Task Defaults(Service service) => OnEachListAsync(service, async (list, credential) =>
    {
        var answer = await service.GetAsync(list, credential);
        var data = answer.Data();
        answer.Expect(
            data.Number("page") == 0 && data.Number("size") == 20, "page 0, size 20",
            $"page {data.Number("page")}, size {data.Number("size")}");
        answer.Expect(
            data.Items().Length == Math.Min(20, data.Number("total")), "as many rows as there are, up to 20",
            $"{data.Items().Length} of {data.Number("total")}");
    });

    [Rule("2.size-capped", "A size over 100 is answered as 100, and says so.", Needs.Tenant)]
    public static Task Capped(Service service) => OnEachListAsync(service, async (list, credential) =>
    {
        foreach (var size in new[] { "101", "500", "2147483647" })
        {
            var answer = await service.GetAsync($"{list}?size={size}", credential);
            var data = answer.Data();
            answer.Expect(data.Number("size") == 100, "\"size\": 100", $"\"size\": {data.Raw("size")}");
            answer.Expect(
                data.Items().Length == Math.Min(100, data.Number("total")), "as many rows as there are, up to 100",
                $"{data.Items().Length} of {data.Number("total")}");
        }

        var smaller = await service.GetAsync($"{list}?size=2", credential);
        smaller.Expect(
            smaller.Data().Number("size") == 2 && smaller.Data().Items().Length <= 2, "size=2 taken as it is",
            $"\"size\": {smaller.Data().Raw("size")}, {smaller.Data().Items().Length} rows");
    });

    [Rule("2.bad-parameters", "size < 1, page < 0, a malformed UUID and a number that does not fit are 400 naming the parameter.",
        Needs.Tenant)]
    public static async Task BadParameters(Service service)
    {
        await OnEachListAsync(service, async (list, credential) =>
        {
            foreach (var (name, value) in new[]
            {
                ("size", "0"), ("size", "-1"), ("size", "x"), ("size", "99999999999"), ("page", "-1"), ("page", "1.5"),
                ("page", "99999999999"),
            })
                (await service.GetAsync($"{list}?{name}={value}", credential)).ShouldRefuse(name);
        });
        foreach (var value in new[] { "x", "019f0000-0000-7000-8000", "019f0000-0000-7000-8000-00000000000g" })
        {
            (await service.GetAsync($"{Paths.List}?profile_id={value}", service.Tenant)).ShouldRefuse("profile_id");
            if (service.Means.Admin is not null)
                (await service.GetAsync($"{Paths.AdminList}?tenant_id={value}", service.Admin)).ShouldRefuse("tenant_id");
        }
    }

    [Rule("2.page-past-end", "A page past the end is 200 with no items and the true total.", Needs.Tenant)]
    public static async Task PastEnd(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        var total = (await shelf.TenantPageAsync("size=100")).Number("total");
        foreach (var page in new[] { 10_000, 2_147_483_647 })
        {
            var answer = await shelf.TenantAsync($"size=100&page={page}");
            var data = answer.Data();
            answer.Expect(
                data.Items().Length == 0 && data.Number("page") == page, $"no items, page {page}",
                $"{data.Items().Length} items, page {data.Raw("page")}");
            answer.Expect(
                data.Number("total") == total || (shelf.IsShared && data.Number("total") > total), $"total {total}",
                $"total {data.Raw("total")}");
        }
    }

    [Rule("2.pages-meet", "Page after page holds every row once, in order.", Needs.Tenant)]
    public static async Task Meet(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var whole = (await shelf.TenantPageAsync("size=6")).Ids();
            var (first, second, third) = (
                await shelf.TenantAsync("size=2"), await shelf.TenantAsync("size=2&page=1"), await shelf.TenantAsync("size=2&page=2"));
            string[] parts = [.. first.Data().Ids(), .. second.Data().Ids(), .. third.Data().Ids()];
            if (parts.SequenceEqual(whole))
                return;
            await shelf.ShouldHaveMovedAsync("size=6", whole, third, parts);
        }

        throw new CannotTellException("rows arrive while they are read: --allow-writes");
    }

    /// <summary>The lists that there are credentials for.</summary>
    private static async Task OnEachListAsync(Service service, Func<string, Credential, Task> checkAsync)
    {
        await checkAsync(Paths.List, service.Tenant);
        if (service.Means.Admin is not null)
            await checkAsync(Paths.AdminList, service.Admin);
        if (service.Means.Key is not null && await service.History.ShelfAsync() is { IsShared: false, Profile: { } profile })
            await checkAsync(Paths.Chats(profile), service.Key);
    }
}
