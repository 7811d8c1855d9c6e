using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Callers;

/// <summary>Section 1: who may call what.</summary>
internal static class EndpointRules
{
    [Rule("1.tenant-endpoints", "A tenant JWT with role admin reads list and detail and opens the stream.", Needs.Tenant)]
    public static async Task Tenant(Service service)
    {
        var row = await service.History.SomeRowAsync();
        (await service.GetAsync(Paths.List, service.Tenant)).Data();
        (await service.GetAsync(Paths.Detail(row.Id()), service.Tenant)).Data();
        await using var live = await service.ReadyAsync(service.Tenant);
    }

    [Rule("1.tenant-role", "A tenant JWT without the role is 403 FORBIDDEN.", Needs.TenantWithoutRole)]
    public static Task TenantRole(Service service) =>
        RefusesAsync(service, Paths.OfTenants, service.Means.TenantWithoutRole, 403, "FORBIDDEN");

    [Rule("1.backoffice-endpoints", "A backoffice JWT with ROLE_ADMIN reads list and detail.", Needs.Admin | Needs.Tenant)]
    public static async Task Backoffice(Service service)
    {
        var row = await service.History.SomeRowAsync();
        (await service.GetAsync(Paths.AdminList, service.Admin)).Data();
        (await service.GetAsync(Paths.AdminDetail(row.Id()), service.Admin)).Data();
    }

    [Rule("1.backoffice-role", "A backoffice JWT without ROLE_ADMIN is 403 FORBIDDEN.", Needs.AdminWithoutRole)]
    public static Task BackofficeRole(Service service) =>
        RefusesAsync(service, Paths.OfAdmins, service.Means.AdminWithoutRole, 403, "FORBIDDEN");

    [Rule("1.key-headers", "A key is accepted in X-API-KEY and in Authorization: Bearer.", Needs.Key)]
    public static async Task Key(Service service)
    {
        (await service.GetAsync(Paths.Validation, service.Key)).Data();
        (await service.GetAsync(Paths.Validation, service.Key.AsBearer())).Data();
    }

    [Rule("1.no-credential", "No credential: 401 UNAUTHENTICATED with WWW-Authenticate, on every endpoint.")]
    public static Task NoCredential(Service service) =>
        RefusesAsync(service, [.. Paths.OfTenants, .. Paths.OfAdmins, .. Paths.OfKeys], null, 401, "UNAUTHENTICATED");

    [Rule("1.malformed-credential", "A malformed credential is 401.")]
    public static async Task Malformed(Service service)
    {
        foreach (var text
            in new[] { "x", "a.b.c", "..", "eyJhbGciOiJIUzI1NiJ9.e30", "osk_", "osk_nobody_00000000000000000000000000000000" })
        {
            await RefusesAsync(
                service, [Paths.List, Paths.Stream, Paths.AdminList, Paths.Validation], Credential.Token("MALFORMED", text), 401,
                "UNAUTHENTICATED");
            await RefusesAsync(service, [Paths.Validation], Credential.Key("MALFORMED", text), 401, "UNAUTHENTICATED");
        }

        await RefusesAsync(
            service, [Paths.List, Paths.AdminList, Paths.Validation],
            Credential.Token("MALFORMED", "dXNlcjpwYXNz") with { Before = "Basic " }, 401, "UNAUTHENTICATED");
    }

    [Rule("1.wrong-key", "A key that differs in one character is 401.", Needs.Key)]
    public static Task WrongKey(Service service)
    {
        var (last, rest) = (service.Key.Value[^1], service.Key.Value[..^1]);
        return RefusesAsync(service, Paths.OfKeys, service.Key.Forged(rest + (last == 'a' ? 'b' : 'a')), 401, "UNAUTHENTICATED");
    }

    [Rule("1.other-scheme", "A tenant JWT on a backoffice path, and the reverse, is 401.", Needs.Tenant | Needs.Admin)]
    public static async Task OtherScheme(Service service)
    {
        await RefusesAsync(service, Paths.OfAdmins, service.Tenant, 401, "UNAUTHENTICATED");
        await RefusesAsync(service, Paths.OfTenants, service.Admin, 401, "UNAUTHENTICATED");
    }

    [Rule("1.key-elsewhere", "A key opens nothing but /v1/, and a JWT opens nothing there.", Needs.Tenant | Needs.Admin | Needs.Key)]
    public static async Task KeyElsewhere(Service service)
    {
        await RefusesAsync(service, [.. Paths.OfTenants, .. Paths.OfAdmins], service.Key, 401, "UNAUTHENTICATED");
        await RefusesAsync(service, [.. Paths.OfTenants, .. Paths.OfAdmins], service.Key.AsBearer(), 401, "UNAUTHENTICATED");
        await RefusesAsync(service, Paths.OfKeys, service.Tenant, 401, "UNAUTHENTICATED");
        await RefusesAsync(service, Paths.OfKeys, service.Admin, 401, "UNAUTHENTICATED");
    }

    /// <summary>Every one of the paths refuses in this way; 401 says how to do better.</summary>
    public static async Task RefusesAsync(Service service, IEnumerable<string> paths, Credential? credential, int status, string code)
    {
        foreach (var path in paths)
        {
            var answer = await service.GetAsync(path, credential);
            answer.ShouldFail(status, code);
            if (status == 401)
                answer.Expect(answer.Header("WWW-Authenticate").Length > 0, "WWW-Authenticate", "none");
        }
    }
}
