using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Callers;

/// <summary>Section 1: hosts, disabled tenants, and what belongs to others.</summary>
internal static class TenantRules
{
    [Rule("1.own-host", "On {code}.{suffix} the tenant's token and key are good, whatever the case, with a port or a trailing dot.",
        Needs.Tenant | Needs.Key | Needs.Hosts)]
    public static async Task OwnHost(Service service)
    {
        var host = $"{await service.TenantCodeAsync()}.{service.Means.HostSuffix}";
        foreach (var spelled in new[] { host, host.ToUpperInvariant(), host + ":8443", host + "." })
        {
            (await service.GetAsync(Paths.List, service.Tenant, ("Host", spelled))).Data();
            (await service.GetAsync(Paths.Validation, service.Key, ("Host", spelled))).Data();
        }
    }

    [Rule("1.other-host", "On another tenant's host both are 403 TENANT_MISMATCH.", Needs.Tenant | Needs.Key | Needs.Hosts)]
    public static async Task OtherHost(Service service)
    {
        var host = $"not-{await service.TenantCodeAsync()}.{service.Means.HostSuffix}";
        foreach (var spelled in new[] { host, host.ToUpperInvariant(), host + ":8443", host + "." })
        {
            foreach (var path in Paths.OfTenants)
                (await service.GetAsync(path, service.Tenant, ("Host", spelled))).ShouldFail(403, "TENANT_MISMATCH");
            (await service.GetAsync(Paths.Validation, service.Key, ("Host", spelled))).ShouldFail(403, "TENANT_MISMATCH");
        }
    }

    [Rule("1.neutral-host", "On a host that is no tenant host, admin. and api. among them, the token alone decides.",
        Needs.Tenant | Needs.Hosts)]
    public static async Task NeutralHost(Service service)
    {
        foreach (var host in new[]
        {
            "localhost", "127.0.0.1", "sdkchat.internal.example", $"admin.{service.Means.HostSuffix}", $"api.{service.Means.HostSuffix}",
        })
            (await service.GetAsync(Paths.List, service.Tenant, ("Host", host))).Data();
    }

    [Rule("1.backoffice-host", "A backoffice token never gains a tenant from the Host.",
        Needs.Tenant | Needs.Key | Needs.Admin | Needs.Hosts)]
    public static async Task BackofficeHost(Service service)
    {
        var host = ("Host", $"{await service.TenantCodeAsync()}.{service.Means.HostSuffix}");
        (await service.GetAsync(Paths.List, service.Admin, host)).ShouldFail(401, "UNAUTHENTICATED");
        var unknown = await service.GetAsync($"{Paths.AdminList}?tenant_id={Paths.Nobody}", service.Admin, host);
        unknown.Expect(
            unknown.Data().Number("total") == 0, "the filter alone to choose the tenant: total 0",
            $"total {unknown.Data().Number("total")}");
    }

    [Rule("1.foreign-is-unknown", "Another tenant's chat and one that does not exist are answered alike: 404 CHAT_NOT_FOUND.",
        Needs.Tenant | Needs.OtherTenant)]
    public static async Task ForeignChat(Service service)
    {
        var foreign = (await service.GetAsync(Paths.List + "?size=1", service.Means.OtherTenant)).Data().Items();
        if (foreign.Length == 0 && Needs.OtherKey.Missing(service.Means) is null && service.Means.AllowsWrites)
            foreign = [(await (await Shopper.ArriveAsync(service, key: service.Means.OtherKey)).AskAsync()).Data(202)];
        if (foreign.Length == 0)
            throw new CannotTellException("the other tenant has no chat");
        var (theirs, nobodys) = (
            await service.GetAsync(Paths.Detail(foreign[0].Id()), service.Tenant),
            await service.GetAsync(Paths.Detail(Paths.Nobody), service.Tenant));
        theirs.ShouldFail(404, "CHAT_NOT_FOUND");
        theirs.Expect(theirs.Text == nobodys.Text, $"the same as for no chat: {nobodys.Text}", theirs.Text);
    }

    [Rule("1.foreign-profile", "Another tenant's profile and chats are 404 to a key, in every call.", Needs.Shopper | Needs.OtherKey)]
    public static async Task ForeignProfile(Service service)
    {
        var theirs = await Shopper.ArriveAsync(service, key: service.Means.OtherKey);
        var chat = await theirs.StartAsync();
        foreach (var (method, path, body) in new[]
        {
            ("GET", Paths.Profile(theirs.Profile), null), ("PUT", Paths.Profile(theirs.Profile), """{"name":"X"}"""),
            ("DELETE", Paths.Profile(theirs.Profile), null),
            ("POST", Paths.Session(theirs.Profile, "start"), null), ("POST", Paths.Session(theirs.Profile, "end"), null),
            ("POST", Paths.Chats(theirs.Profile), """{"prompt":"X"}"""), ("GET", Paths.Chats(theirs.Profile), null),
            ("POST", Paths.BackList(theirs.Profile), "{}"),
        })
        {
            var call = new Call(method, path, service.Key) { Body = body is null ? null : System.Text.Encoding.UTF8.GetBytes(body) };
            (await service.SendAsync(call)).ShouldFail(404, "PROFILE_NOT_FOUND");
        }

        foreach (var method in new[] { "GET", "DELETE" })
        {
            var answer = await service.SendAsync(new Call(method, Paths.Chat(theirs.Profile, chat), service.Key));
            answer.Expect(
                answer.Status == 404 && answer.Json().Text("code") is "CHAT_NOT_FOUND" or "PROFILE_NOT_FOUND", "404 CHAT_NOT_FOUND",
                $"{answer.Status} {answer.Text}");
        }
    }

    [Rule("1.disabled-tenant", "A token of a disabled tenant is 403 TENANT_DISABLED.", Needs.DisabledTenant, IsLong = true)]
    public static async Task DisabledTenant(Service service) => await EndpointRules.RefusesAsync(
        service, Paths.OfTenants, service.Means.DisabledTenant ?? (await service.Farewell.TenantAsync()).Token ?? throw NoToken, 403,
        "TENANT_DISABLED");

    [Rule("1.disabled-tenant-key", "A key of a disabled tenant is 403 TENANT_DISABLED.", Needs.DisabledKey, IsLong = true)]
    public static async Task DisabledKey(Service service) =>
        await EndpointRules.RefusesAsync(
            service, [Paths.Validation, Paths.Profile(Paths.Nobody)],
            service.Means.DisabledKey ?? (await service.Farewell.TenantAsync()).Key, 403, "TENANT_DISABLED");

    [Rule("1.disabled-in-5-s", "Disabling a tenant takes effect within 5 s.", Needs.Operator | Needs.Writes, IsLong = true)]
    public static async Task DisabledInTime(Service service)
    {
        var disabled = await service.Farewell.TenantAsync();
        Expect(disabled.KeyRefusedAfter, "the key");
        Expect(disabled.TokenRefusedAfter, "the token");
    }

    [Rule("1.revoked-in-5-s", "Revoking a key takes effect within 5 s.", Needs.Operator | Needs.Writes | Needs.Key, IsLong = true)]
    public static async Task RevokedInTime(Service service) => Expect((await service.Farewell.KeyAsync()).RefusedAfter, "the key");

    private static CannotTellException NoToken => new("nobody here can sign a token of the disabled tenant: --disabled-tenant-token");

    private static void Expect(TimeSpan after, string what)
    {
        if (after >= Farewell.Limit)
            throw new RuleBrokenException($"{what} refused within 5 s", $"{what} is good after {after.TotalSeconds:F1} s");
    }
}
