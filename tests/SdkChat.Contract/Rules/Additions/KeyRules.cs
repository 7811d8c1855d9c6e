using System.Text;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.6: keys, for tenant admins and for the backoffice.</summary>
internal static class KeyRules
{
    private const Needs TenantWrites = Needs.Tenant | Needs.Writes;

    private static readonly string[] Listed = ["key_prefix", "name", "status", "created_at", "expires_at", "revoked_at", "last_used_at"];

    [Rule("8.keys", "A tenant admin makes a key (201), lists the tenant's keys and revokes one by its prefix.", TenantWrites)]
    public static async Task Keys(Service service)
    {
        var created = (await CreateAsync(service, Paths.ApiKeys, service.Tenant)).Data(201);
        var (key, prefix) = (Key(created), created.Text("key_prefix")!);
        (await service.GetAsync(Paths.Validation, key)).Data();

        var list = await service.GetAsync(Paths.ApiKeys, service.Tenant);
        list.Expect(list.Data().Members().SequenceEqual(["items", "total", "page", "size"]), "the list shape", list.Text);
        var item = list.Data().Items().FirstOrDefault(item => item.Text("key_prefix") == prefix);
        list.Expect(
            item.ValueKind == JsonValueKind.Object && item.Members().SequenceEqual(Listed), $"the new key with {string.Join(", ", Listed)}",
            list.Text);
        list.Expect(item.Text("status") == "active", "status active", item.GetRawText());

        var revoked = await service.SendAsync(new Call("DELETE", Paths.ApiKey(prefix), service.Tenant));
        revoked.Expect(revoked.Data().Text("status") == "revoked", "status revoked", revoked.Text);
    }

    [Rule("8.keys-shown-once", "The answer that makes a key is the only one that shows it.", TenantWrites)]
    public static async Task ShownOnce(Service service)
    {
        var created = (await CreateAsync(service, Paths.ApiKeys, service.Tenant)).Data(201);
        var (key, prefix) = (created.Text("key")!, created.Text("key_prefix")!);
        if (!key.StartsWith(prefix, StringComparison.Ordinal) || key.Length < prefix.Length + 16)
            throw new RuleBrokenException("a key that begins with its prefix and is much longer", "another one");

        foreach (var call
            in new[] { new Call("GET", Paths.ApiKeys, service.Tenant), new Call("DELETE", Paths.ApiKey(prefix), service.Tenant) })
        {
            var answer = await service.SendAsync(call);
            answer.Expect(!answer.Text.Contains(key[prefix.Length..], StringComparison.Ordinal), "the key's beginning alone", "all of it");
        }
    }

    [Rule("8.keys-lifetimes", "expires_in_days is 7, 14, 30, 60, 90, 180, 365 or null, and the key says when it expires.", TenantWrites)]
    public static async Task Lifetimes(Service service)
    {
        foreach (var days in new[] { "0", "1", "8", "366", "-7", "7.5", "\"7\"", "true" })
            (await CreateAsync(service, Paths.ApiKeys, service.Tenant, days)).ShouldRefuse("expires_in_days");

        var month = await CreateAsync(service, Paths.ApiKeys, service.Tenant, "30");
        var lifetime = month.Data(201).GetProperty("expires_at").GetDateTimeOffset()
            - month.Data(201).GetProperty("created_at").GetDateTimeOffset();
        month.Expect(lifetime == TimeSpan.FromDays(30), "30 days from created_at to expires_at", $"{lifetime}");
        var endless = await CreateAsync(service, Paths.ApiKeys, service.Tenant, "null");
        endless.Expect(endless.Data(201).GetProperty("expires_at").ValueKind == JsonValueKind.Null, "expires_at null", endless.Text);
        foreach (var answer in new[] { month, endless })
            (await service.SendAsync(new Call("DELETE", Paths.ApiKey(answer.Data(201).Text("key_prefix")!), service.Tenant))).Data();
    }

    [Rule("8.keys-of-others", "A tenant neither sees nor revokes another's key: the answer is that of a prefix that nothing has.",
        TenantWrites | Needs.OtherTenant)]
    public static async Task OfOthers(Service service)
    {
        var theirs = (await CreateAsync(service, Paths.ApiKeys, service.Means.OtherTenant!)).Data(201);
        var prefix = theirs.Text("key_prefix")!;
        var list = await service.GetAsync(Paths.ApiKeys + "?size=100", service.Tenant);
        list.Expect(!list.Data().Items().Any(item => item.Text("key_prefix") == prefix), "the tenant's own keys", "another tenant's key");

        var (foreign, unknown) = (await RevokeAsync(service, prefix), await RevokeAsync(service, prefix[..^8] + "00000000"));
        foreign.ShouldFail(404, "API_KEY_NOT_FOUND");
        foreign.Expect(foreign.Text == unknown.Text, $"the same as for no key: {unknown.Text}", foreign.Text);
        (await service.GetAsync(Paths.Validation, Key(theirs))).Data();
        (await service.SendAsync(new Call("DELETE", Paths.ApiKey(prefix), service.Means.OtherTenant))).Data();
    }

    [Rule("8.keys-of-any-tenant", "The backoffice has the same calls under /api/v1/admin/tenants/{tenant_id}/api-keys.",
        TenantWrites | Needs.Admin)]
    public static async Task OfAnyTenant(Service service)
    {
        var path = Paths.ApiKeysOf(service.TenantId());
        var prefix = (await CreateAsync(service, path, service.Admin)).Data(201).Text("key_prefix")!;
        var list = await service.GetAsync(path, service.Admin);
        list.Expect(list.Data().Items().Any(item => item.Text("key_prefix") == prefix), "the new key in the list", list.Text);
        (await service.GetAsync(Paths.ApiKeysOf(Paths.Nobody), service.Admin)).ShouldFail(404, "TENANT_NOT_FOUND");
        var revoked = await service.SendAsync(new Call("DELETE", $"{path}/{prefix}", service.Admin));
        revoked.Expect(revoked.Data().Text("status") == "revoked", "status revoked", revoked.Text);
    }

    [Rule("8.validation-revoked", "GET /v1/validation with a revoked key is 200 with status revoked; everywhere else the key is 401.",
        TenantWrites, IsLong = true)]
    public static async Task ValidationOfRevoked(Service service)
    {
        var created = (await CreateAsync(service, Paths.ApiKeys, service.Tenant)).Data(201);
        (await RevokeAsync(service, created.Text("key_prefix")!)).Data();
        var since = TimeProvider.System.GetTimestamp();
        Answer answer;
        while ((answer = await service.GetAsync(Paths.Validation, Key(created))).Data().Text("status") == "active"
            && TimeProvider.System.GetElapsedTime(since) < Farewell.Limit)
            await Pace.OfAsync(Pace.Poll);
        answer.Expect(answer.Data().Text("status") == "revoked", "status revoked within 5 s", answer.Text);
        await Callers.EndpointRules.RefusesAsync(service, Paths.OfActiveKeys, Key(created), 401, "UNAUTHENTICATED");
    }

    [Rule("8.cookie-writes", "A write with a cookie needs the service's own Origin.", TenantWrites)]
    public static async Task CookieWrites(Service service)
    {
        var cookie = service.Tenant.InCookie("tenant_token");
        (await CreateAsync(service, Paths.ApiKeys, cookie)).ShouldFail(401, "UNAUTHENTICATED");
        (await CreateAsync(service, Paths.ApiKeys, cookie, "7", ("Origin", "https://stranger.example")))
            .ShouldFail(403, "ORIGIN_NOT_ALLOWED");
        var own = (await CreateAsync(service, Paths.ApiKeys, cookie, "7", ("Origin", service.Address.GetLeftPart(UriPartial.Authority))))
            .Data(201);
        (await RevokeAsync(service, own.Text("key_prefix")!)).Data();
    }

    private static Credential Key(JsonElement created) => Credential.Key("NEW_API_KEY", created.Text("key")!);

    private static Task<Answer> RevokeAsync(Service service, string prefix) =>
        service.SendAsync(new Call("DELETE", Paths.ApiKey(prefix), service.Tenant));

    private static Task<Answer> CreateAsync(
        Service service, string path, Credential caller, string days = "7", params (string, string)[] headers) =>
        service.SendAsync(new Call("POST", path, caller)
        {
            Headers = headers,
            Body = Encoding.UTF8.GetBytes($$"""{"name":"Contract test","expires_in_days":{{days}}}"""),
        });
}
