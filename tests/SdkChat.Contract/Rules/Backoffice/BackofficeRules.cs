using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Rules.History;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Backoffice;

/// <summary>Section 4: across tenants.</summary>
internal static class BackofficeRules
{
    [Rule("4.list-members", "Each row leads with tenant_id; the rest is the tenant's row.", Needs.Admin | Needs.Tenant)]
    public static async Task ListMembers(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        var answer = await service.GetAsync(shelf.Path(Paths.AdminList, "size=100"), service.Admin);
        ListRules.ShouldBePage(answer, ["tenant_id", .. ListRules.Members]);
    }

    [Rule("4.same-rows", "A tenant's rows are the same in both lists.", Needs.Admin | Needs.Tenant)]
    public static async Task SameRows(Service service)
    {
        var (shelf, tenant) = (await service.History.ShelfAsync(), await service.History.TenantIdAsync());
        var rows = (await shelf.TenantPageAsync("size=7")).Items();
        var answer = await service.GetAsync(shelf.Path(Paths.AdminList, $"tenant_id={tenant}&size=100"), service.Admin);
        foreach (var row in rows)
        {
            var same = answer.Data().Items().FirstOrDefault(candidate => candidate.Id() == row.Id());
            answer.Expect(same.Id() == row.Id(), $"chat {row.Id()}", "it is not there");
            foreach (var member in row.Text("status") == "in_progress" ? ["profile_id", "prompt", "created_at"] : ListRules.Members)
                answer.Expect(same.Raw(member) == row.Raw(member), $"{member} {row.Raw(member)} as the tenant sees it", same.Raw(member));
        }
    }

    [Rule("4.across-tenants", "Without a filter it shows chats of every tenant.", Needs.Shopper | Needs.Admin | Needs.OtherKey)]
    public static async Task AcrossTenants(Service service)
    {
        var (ours, theirs) = (await Shopper.ArriveAsync(service), await Shopper.ArriveAsync(service, key: service.Means.OtherKey));
        string[] chats = [await ours.StartAsync(), await theirs.StartAsync()];
        var answer = await service.GetAsync(Paths.AdminList + "?size=100", service.Admin);
        var rows = answer.Data().Items().Where(row => chats.Contains(row.Id())).ToArray();
        answer.Expect(rows.Length == 2, $"both new chats, {string.Join(", ", chats)}", $"{rows.Length} of them");
        answer.Expect(
            rows[0].Text("tenant_id") != rows[1].Text("tenant_id"), "two tenants", $"tenant_id {rows[0].Raw("tenant_id")} in both rows");
    }

    [Rule("4.filters", "tenant_id and profile_id are optional and combinable filters.", Needs.Admin | Needs.Tenant)]
    public static async Task Filters(Service service)
    {
        var tenant = await service.History.TenantIdAsync();
        var profile = (await service.History.SomeRowAsync()).Text("profile_id");
        var ofTenant = await service.GetAsync($"{Paths.AdminList}?tenant_id={tenant}&size=100", service.Admin);
        ofTenant.Expect(
            ofTenant.Data().Items().Length > 0 && ofTenant.Data().Items().All(row => row.Text("tenant_id") == tenant),
            $"rows of tenant {tenant} alone", string.Join(", ", ofTenant.Data().Items().Select(row => row.Text("tenant_id")).Distinct()));
        var ofProfile = await service.GetAsync($"{Paths.AdminList}?profile_id={profile}&size=100", service.Admin);
        ofProfile.Expect(
            ofProfile.Data().Items().Length > 0 && ofProfile.Data().Items().All(row => row.Text("profile_id") == profile),
            $"rows of profile {profile} alone", ofProfile.Text);
        var both = await service.GetAsync($"{Paths.AdminList}?tenant_id={tenant}&profile_id={profile}", service.Admin);
        both.Expect(
            both.Data().Number("total") == ofProfile.Data().Number("total"), $"total {ofProfile.Data().Number("total")}",
            $"total {both.Data().Raw("total")}");
        var neither = await service.GetAsync($"{Paths.AdminList}?tenant_id={Paths.Nobody}&profile_id={profile}", service.Admin);
        neither.Expect(
            neither.Data().Number("total") == 0, "nothing of that profile under another tenant", $"total {neither.Data().Raw("total")}");
    }

    [Rule("4.detail", "The detail is the tenant's to the byte, with its ETag.", Needs.Admin | Needs.Tenant)]
    public static async Task Detail(Service service)
    {
        var chat = (await service.History.SomeRowAsync()).Id();
        var (theirs, ours) = (
            await service.GetAsync(Paths.Detail(chat), service.Tenant), await service.GetAsync(Paths.AdminDetail(chat), service.Admin));
        ours.Expect(ours.Text == theirs.Text, $"what the tenant gets: {theirs.Text}", ours.Text);
        ours.Expect(ours.Header("ETag").StartsWith("W/\"", StringComparison.Ordinal), "a weak ETag", $"'{ours.Header("ETag")}'");
        (await service.GetAsync(Paths.AdminDetail(chat), service.Admin, ("If-None-Match", ours.Header("ETag")))).ShouldBe(304);
        (await service.GetAsync(Paths.AdminDetail(Paths.Nobody), service.Admin)).ShouldFail(404, "CHAT_NOT_FOUND");
    }

    [Rule("4.no-tenant-constraint", "It reads any tenant's chat.", Needs.Admin | Needs.OtherTenant)]
    public static async Task AnyTenant(Service service)
    {
        var theirs = (await service.GetAsync(Paths.List + "?size=1", service.Means.OtherTenant)).Data().Items();
        if (theirs.Length == 0)
            throw new CannotTellException("the other tenant has no chat");
        (await service.GetAsync(Paths.AdminDetail(theirs[0].Id()), service.Admin)).Data();
    }

    [Rule("4.no-stream", "The backoffice has no stream.", Needs.Admin)]
    public static async Task NoStream(Service service)
    {
        var answer = await service.GetAsync(Paths.AdminList + "/events/stream", service.Admin);
        answer.ShouldFail(404, "NOT_FOUND");
    }
}
