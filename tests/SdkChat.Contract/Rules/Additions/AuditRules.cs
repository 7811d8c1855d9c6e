using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.7: the audit trail, and what tenants see of it.</summary>
internal static class AuditRules
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly string[] Members =
    [
        "audit_id", "at", "last_at", "count", "caller", "subject", "action", "tenant_id", "target_id", "target_kind", "key_prefix",
        "status", "request_id",
    ];

    [Rule("8.audit", "The backoffice lists who read what, filtered by subject, tenant and action; reading the list is audited.",
        Needs.Admin | Needs.Tenant | Needs.AdminSecret)]
    public static async Task Audit(Service service)
    {
        var subject = "contract-" + Guid.NewGuid();
        var reader = service.Means.AdminForge!.With(claims => claims["sub"] = subject);
        (await service.GetAsync($"{Paths.AdminList}?tenant_id={service.TenantId()}", reader)).Data();
        (await service.GetAsync($"{Paths.Audit}?size=1", reader)).Data();

        var trail = await UntilAsync(service, $"{Paths.Audit}?subject={subject}", service.Admin, items => items.Length == 2);
        trail.Expect(trail.Data().Items().Length == 2, "two entries of this subject", trail.Text);
        foreach (var entry in trail.Data().Items())
        {
            trail.Expect(entry.Members().SequenceEqual(Members), string.Join(", ", Members), entry.GetRawText());
            trail.Expect(
                entry.Text("subject") == subject && entry.Number("status") == 200 && entry.Text("caller") == "backoffice",
                $"{subject}, 200, backoffice", entry.GetRawText());
        }

        var filtered = await service.GetAsync(
            $"{Paths.Audit}?subject={subject}&tenant_id={service.TenantId()}&action=list_chats", service.Admin);
        filtered.Expect(filtered.Data().Number("total") == 1, "the one read of this tenant's list", filtered.Text);
        var elsewhere = await service.GetAsync($"{Paths.Audit}?subject={subject}&tenant_id={Paths.Nobody}", service.Admin);
        elsewhere.Expect(elsewhere.Data().Number("total") == 0, "none of another tenant", elsewhere.Text);
        var none = await service.GetAsync($"{Paths.Audit}?subject={subject}&to=2020-01-01", service.Admin);
        none.Expect(none.Data().Number("total") == 0, "none of before 2020", none.Text);
    }

    [Rule("8.audit-parameters", "Wrong parameters of the audit list are 400 and named.", Needs.Admin)]
    public static async Task Parameters(Service service)
    {
        foreach (var (query, parameter) in new[]
        {
            ("tenant_id=x", "tenant_id"), ("from=yesterday", "from"), ("to=2026-04-23T05:28:08", "to"),
            ("from=2026-04-24&to=2026-04-23", "from"), ("subject=", "subject"), ("size=0", "size"),
        })
            (await service.GetAsync($"{Paths.Audit}?{query}", service.Admin)).ShouldRefuse(parameter);
    }

    [Rule("8.access", "A tenant sees what super admins read of it, once an hour and page with a number, and nothing of another tenant's.",
        Needs.Admin | Needs.Tenant | Needs.OtherTenant | Needs.AdminSecret)]
    public static async Task Access(Service service)
    {
        var subject = "contract-" + Guid.NewGuid();
        var reader = service.Means.AdminForge!.With(claims => claims["sub"] = subject);
        var (mine, theirs) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var otherTenant = new Standing.Forge(service.Means.OtherTenant!, null).Claims["tenant_id"]!.GetValue<string>();
        for (var i = 0; i < 2; i++)
            (await service.GetAsync($"{Paths.AdminList}?tenant_id={service.TenantId()}&profile_id={mine}", reader)).Data();
        (await service.GetAsync($"{Paths.AdminList}?tenant_id={otherTenant}&profile_id={theirs}", reader)).Data();

        var seen = await UntilAsync(
            service, $"{Paths.Access}?size=100", service.Tenant, items => Select(items, mine) is [var only] && only.Number("count") == 2);
        var entry = Select(seen.Data().Items(), mine);
        string[] members = ["at", "last_at", "count", "action", "chat_id", "profile_id", "all_tenants"];
        seen.Expect(entry is [var one] && one.Members().SequenceEqual(members), $"one entry with {string.Join(", ", members)}", seen.Text);
        seen.Expect(entry[0].Text("action") == "list_chats" && entry[0].Number("count") == 2, "list_chats, twice", entry[0].GetRawText());
        seen.Expect(!seen.Text.Contains(subject, StringComparison.Ordinal), "nothing of who it was", seen.Text);
        seen.Expect(Select(seen.Data().Items(), theirs).Length == 0, "nothing of another tenant", seen.Text);
        await UntilAsync(service, $"{Paths.Access}?size=100", service.Means.OtherTenant!, items => Select(items, theirs).Length == 1);
    }

    private static JsonElement[] Select(JsonElement[] items, string profile) =>
        [.. items.Where(item => item.Text("profile_id") == profile)];

    /// <summary>An entry appears about a second after its call.</summary>
    private static async Task<Answer> UntilAsync(Service service, string path, Credential caller, Func<JsonElement[], bool> isThere)
    {
        var since = TimeProvider.System.GetTimestamp();
        Answer answer;
        while (!isThere((answer = await service.GetAsync(path, caller)).Data().Items())
            && TimeProvider.System.GetElapsedTime(since) < Limit)
            await Pace.OfAsync(Pace.Poll);
        return answer;
    }
}
