using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>docs/api.md: the overview of tenants, for the backoffice.</summary>
internal static class OverviewRules
{
    private static readonly string[] Members =
    [
        "tenant_id", "code", "name", "enabled", "chats", "failed", "waiting", "waiting_since", "last_chat_at", "streams", "expiring_keys",
        "next_key_expiry",
    ];

    private static readonly string[] PageMembers = ["items", "total", "page", "size", "from", "nodes"];

    [Rule("8.overview", "The overview has the totals of a tenant's lists since `from`.", Needs.Shopper | Needs.Admin)]
    public static async Task Totals(Service service)
    {
        await FilteredChats.CreateAsync(service);
        var code = await service.TenantCodeAsync();
        var answer = await service.GetAsync($"{Paths.Overview}?name={code}&size=100", service.Admin);
        var data = answer.Data();
        answer.Expect(data.Members().SequenceEqual(PageMembers), string.Join(", ", PageMembers), string.Join(", ", data.Members()));
        var row = data.GetProperty("items").EnumerateArray().Single(row => row.Text("code") == code);
        answer.Expect(row.Members().SequenceEqual(Members), string.Join(", ", Members), string.Join(", ", row.Members()));

        var list = $"{Paths.AdminList}?tenant_id={row.Text("tenant_id")}&from={data.Text("from")}";
        var before = (await service.GetAsync(list, service.Admin)).Data().Number("total");
        var again = await service.GetAsync($"{Paths.Overview}?name={code}&size=100&from={data.Text("from")}", service.Admin);
        var chats = again.Data().GetProperty("items").EnumerateArray().Single(row => row.Text("code") == code).Number("chats");
        // Others may start chats meanwhile.
        var after = (await service.GetAsync(list, service.Admin)).Data().Number("total");
        again.Expect(chats > 0 && before <= chats && chats <= after, $"{before} to {after} chats", $"{chats}");
    }

    [Rule(
        "8.overview-refused",
        "A `from` of more than 7 days ago, an unknown time zone and a bad page are refused by name; tenants may not read the overview.",
        Needs.Tenant | Needs.Admin)]
    public static async Task Refused(Service service)
    {
        (await service.GetAsync($"{Paths.Overview}?from=2020-01-01", service.Admin)).ShouldRefuse("from");
        (await service.GetAsync($"{Paths.Overview}?tz=Mars/Olympus", service.Admin)).ShouldRefuse("tz");
        (await service.GetAsync($"{Paths.Overview}?page=-1", service.Admin)).ShouldRefuse("page");
        (await service.GetAsync(Paths.Overview, service.Tenant)).ShouldFail(401, "UNAUTHENTICATED");
    }
}
