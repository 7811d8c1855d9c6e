using System.Net.Http.Headers;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Mutants;

/// <summary>A service that lets in whom it should not, or keeps out whom it should let in.</summary>
internal static class CallerMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("asks tenants for no role", "1.tenant-role")
        {
            Swaps = Needs.Tenant | Needs.TenantWithoutRole,
            Request = request => Swap(request, MutantStand.Means.TenantWithoutRole!, MutantStand.Means.Tenant!),
        },
        new("asks the backoffice for no role", "1.backoffice-role")
        {
            Swaps = Needs.Admin | Needs.AdminWithoutRole,
            Request = request => Swap(request, MutantStand.Means.AdminWithoutRole!, MutantStand.Means.Admin!),
        },
        new("takes tenants for the backoffice", "1.other-scheme")
        {
            Swaps = Needs.Tenant | Needs.Admin,
            Request = request =>
            {
                if (request.RequestUri!.AbsolutePath.StartsWith(Paths.AdminList, StringComparison.Ordinal))
                    Swap(request, MutantStand.Means.Tenant!, MutantStand.Means.Admin!);
            },
        },
        new("refuses without saying how to do better", "1.no-credential") { Reply = reply => reply.Headers.Remove("WWW-Authenticate") },
        new("looks at no Host", "1.other-host") { Request = request => request.Headers.Host = "localhost" },
        new("takes every host for another tenant's", "1.own-host")
        {
            Request = request =>
                request.Headers.Host = request.Headers.Host!.Contains("aika", StringComparison.OrdinalIgnoreCase)
                    ? "somebody.aika.life"
                    : request.Headers.Host,
        },
        new("knows no host but tenants'", "1.neutral-host")
        {
            Request = request =>
                request.Headers.Host = request.Headers.Host == "sdkchat.internal.example" ? "somebody.aika.life" : request.Headers.Host,
        },
        new("gives the backoffice a tenant by its host", "1.backoffice-host")
        {
            Swaps = Needs.Tenant | Needs.Admin,
            Request = request =>
            {
                if (request.RequestUri!.AbsolutePath == Paths.List)
                    Swap(request, MutantStand.Means.Admin!, MutantStand.Means.Tenant!);
            },
        },
        new("has no stream", "1.tenant-endpoints") { Reply = reply => Lose(reply, path => path == Paths.Stream) },
        new("has no backoffice detail", "1.backoffice-endpoints")
        {
            Reply = reply => Lose(reply, path => path.StartsWith(Paths.AdminList + "/", StringComparison.Ordinal)),
        },
        new("calls bad tokens bad requests", "1.malformed-credential")
        {
            Reply = reply => reply.Status = reply.Status == 401 ? 400 : reply.Status,
        },
        new("knows every tenant's profiles", "1.foreign-profile") { Reply = reply => Forgive(reply, "PROFILE_NOT_FOUND") },
        new("lets keys read chats", "1.key-elsewhere")
        {
            Swaps = Needs.Tenant,
            Request = request =>
            {
                if (request.Headers.Remove("X-API-KEY")
                    && request.RequestUri!.AbsolutePath.StartsWith(Paths.List, StringComparison.Ordinal))
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", MutantStand.Means.Tenant!.Value);
            },
        },
        new("knows keys in one header alone", "1.key-headers") { Request = request => request.Headers.Authorization = null },
        new("looks at a key's beginning", "1.wrong-key")
        {
            Swaps = Needs.Key,
            Request = request =>
            {
                if (request.Headers.TryGetValues("X-API-KEY", out var keys) && keys.First()[..^1] == MutantStand.Means.Key!.Value[..^1])
                    (_, _) = (
                        request.Headers.Remove("X-API-KEY"),
                        request.Headers.TryAddWithoutValidation("X-API-KEY", MutantStand.Means.Key.Value));
            },
        },
        new("serves disabled tenants' admins", "1.disabled-tenant") { Reply = reply => Forgive(reply, "TENANT_DISABLED") },
        new("takes its time to disable", "1.disabled-in-5-s") { Reply = reply => Forgive(reply, "TENANT_DISABLED") },
        new("never revokes", "1.revoked-key") { Reply = reply => Forgive(reply, "UNAUTHENTICATED") },
        new("serves disabled tenants", "1.disabled-tenant-key") { Reply = reply => Forgive(reply, "TENANT_DISABLED") },
        new("serves revoked keys", "1.revoked-in-5-s") { Reply = reply => Forgive(reply, "UNAUTHENTICATED") },
        new("forbids other tenants' chats", "1.foreign-is-unknown")
        {
            Reply = reply =>
            {
                if (reply.Code == "CHAT_NOT_FOUND" && !reply.Path.Contains(Paths.Nobody, StringComparison.Ordinal))
                    (reply.Status, reply.Body) = (403, """{"success":false,"code":"FORBIDDEN","message":"Not yours."}""");
            },
        },
        new("takes tokens from the query", "1.never-in-query")
        {
            Request = request =>
            {
                var query = request.RequestUri!.Query.TrimStart('?').Split('=', 2);
                if (query is ["access_token", var token])
                    request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Uri.UnescapeDataString(token));
            },
        },
        new("lets the cookie win over the header", "1.header-over-cookie") { Request = CookieToHeader },
        new("takes cookies with other methods", "1.cookie-beyond-get")
        {
            Request = request =>
            {
                if (request.Method != HttpMethod.Get)
                    CookieToHeader(request);
            },
        },
        new("takes one scheme's cookie for the other's", "1.backoffice-cookie")
        {
            Request = request =>
            {
                if (request.Headers.TryGetValues("Cookie", out var cookies))
                    (_, _) = (request.Headers.Remove("Cookie"), request.Headers.TryAddWithoutValidation(
                        "Cookie",
                        $"{cookies.First()}; {cookies.First().Replace("tenant_token", "backoffice_token", StringComparison.Ordinal)}"));
            },
        },
        new("takes its own pages for strangers", "1.origin-own")
        {
            Request = request =>
            {
                if (request.Headers.Remove("Origin"))
                    request.Headers.TryAddWithoutValidation("Origin", "https://stranger.example");
            },
        },
        new("knows no cookie", "1.cookie") { Request = request => request.Headers.Remove("Cookie") },
        new("opens CORS to any origin with credentials", "1.origin-refused")
        {
            Request = request => request.Headers.Remove("Origin"),
            Reply = reply =>
            {
                reply.Headers["Access-Control-Allow-Origin"] = "https://stranger.example";
                reply.Headers["Access-Control-Allow-Credentials"] = "true";
            },
        },
        new("looks at no Sec-Fetch-Site", "1.fetch-site") { Request = request => request.Headers.Remove("Sec-Fetch-Site") },
        new("keeps Link from allowed pages", "1.cors-allowed")
        {
            Reply = reply => reply.Headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Request-Id",
        },
        new("lets no page call the SDK's paths", "1.cors-sdk") { Reply = reply => reply.Headers.Remove("Access-Control-Allow-Origin") },
    ];

    private static void Swap(HttpRequestMessage request, Credential presented, Credential used)
    {
        if (request.Headers.Authorization?.Parameter == presented.Value)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used.Value);
    }

    private static void Lose(Reply reply, Func<string, bool> isLost)
    {
        if (isLost(reply.Path))
            (reply.Status, reply.Headers["Content-Type"], reply.Body) = (
                404, "application/json", """{"success":false,"code":"NOT_FOUND","message":"None."}""");
    }

    private static void CookieToHeader(HttpRequestMessage request)
    {
        if (!request.Headers.TryGetValues("Cookie", out var cookies)
            || !cookies.First().StartsWith("tenant_token=ey", StringComparison.Ordinal))
            return;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", cookies.First()["tenant_token=".Length..]);
    }

    private static void Forgive(Reply reply, string code)
    {
        if (reply.Code == code)
            (reply.Status, reply.Body) = (200, """{"success":true,"data":{}}""");
    }
}
