using System.Text;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.6: tenants, which the backoffice adds and changes.</summary>
internal static class TenantCallRules
{
    [Rule("8.tenants", "The backoffice adds a tenant (201), renames it, and disables it: its keys are 403 within 5 s.",
        Needs.Admin | Needs.Writes, IsLong = true)]
    public static async Task Tenants(Service service)
    {
        var code = "contract-" + Guid.NewGuid().ToString("n")[..8];
        var added = await AddAsync(service, code);
        var tenant = added.Data(201);
        added.Expect(
            tenant.Members().SequenceEqual(["tenant_id", "code", "name", "enabled"]), "tenant_id, code, name, enabled", added.Text);
        added.Expect(tenant.Text("code") == code && tenant.GetProperty("enabled").GetBoolean(), $"{code}, enabled", added.Text);
        (await AddAsync(service, code)).ShouldFail(409, "TENANT_EXISTS");

        var renamed = await ChangeAsync(service, tenant, """{"name":"Renamed"}""");
        renamed.Expect(
            renamed.Data().Text("name") == "Renamed" && renamed.Data().GetProperty("enabled").GetBoolean(),
            "the new name, enabled as before", renamed.Text);

        var created = await service.SendAsync(new Call("POST", Paths.ApiKeysOf(tenant.Text("tenant_id")!), service.Admin)
        {
            Body = """{"name":"Contract test","expires_in_days":7}"""u8.ToArray(),
        });
        var key = Credential.Key("NEW_API_KEY", created.Data(201).Text("key")!);
        (await service.GetAsync(Paths.Validation, key)).Data();
        var disabled = await ChangeAsync(service, tenant, """{"enabled":false}""");
        disabled.Expect(
            !disabled.Data().GetProperty("enabled").GetBoolean() && disabled.Data().Text("name") == "Renamed",
            "disabled, the name as before", disabled.Text);
        await RefusedAsync(service, key);
    }

    [Rule("8.tenants-refused", "A code that is none, a missing name and an unknown tenant are refused.", Needs.Admin | Needs.Writes)]
    public static async Task Refused(Service service)
    {
        foreach (var code in new[] { "admin", "api", "a_b", "-a", "" })
            (await AddAsync(service, code)).ShouldRefuse("code");
        (await service.SendAsync(new Call("POST", Paths.Tenants, service.Admin) { Body = """{"code":"contract-x"}"""u8.ToArray() }))
            .ShouldRefuse("name");
        (await ChangeAsync(service, Paths.Nobody, """{"name":"X"}""")).ShouldFail(404, "TENANT_NOT_FOUND");
        (await ChangeAsync(service, Paths.Nobody, "{}")).ShouldRefuse("body");
    }

    private static async Task RefusedAsync(Service service, Credential key)
    {
        var since = TimeProvider.System.GetTimestamp();
        Answer answer;
        while ((answer = await service.GetAsync(Paths.Validation, key)).Status == 200
            && TimeProvider.System.GetElapsedTime(since) < Farewell.Limit)
            await Pace.OfAsync(Pace.Poll);
        answer.ShouldFail(403, "TENANT_DISABLED");
    }

    private static Task<Answer> AddAsync(Service service, string code) => service.SendAsync(new Call("POST", Paths.Tenants, service.Admin)
    {
        Body = Encoding.UTF8.GetBytes($$"""{"code":"{{code}}","name":"Contract test"}"""),
    });

    private static Task<Answer> ChangeAsync(Service service, JsonElement tenant, string body) =>
        ChangeAsync(service, tenant.Text("tenant_id")!, body);

    private static Task<Answer> ChangeAsync(Service service, string tenant, string body) =>
        service.SendAsync(new Call("PATCH", $"{Paths.Tenants}/{tenant}", service.Admin) { Body = Encoding.UTF8.GetBytes(body) });
}
