using System.Net.Http.Headers;
using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Tests.Mutants;

/// <summary>A service that lets in whom it should not, or keeps out whom it should let in.</summary>
internal static class CallerMutants
{
    public static IEnumerable<Mutant> All =>
    [
        new("lets expired tokens in", "1.expired-token") { Request = request => Swap(request, TestStand.Means.ExpiredTenant!, TestStand.Means.Tenant!) },
        new("asks tenants for no role", "1.tenant-role") { Request = request => Swap(request, TestStand.Means.TenantWithoutRole!, TestStand.Means.Tenant!) },
        new("asks the backoffice for no role", "1.backoffice-role") { Request = request => Swap(request, TestStand.Means.AdminWithoutRole!, TestStand.Means.Admin!) },
        new("takes tenants for the backoffice", "1.other-scheme")
        {
            Request = request =>
            {
                if (request.RequestUri!.AbsolutePath.StartsWith(Paths.AdminList, StringComparison.Ordinal))
                    Swap(request, TestStand.Means.Tenant!, TestStand.Means.Admin!);
            },
        },
        new("refuses without saying how to do better", "1.no-credential") { Reply = reply => reply.Headers.Remove("WWW-Authenticate") },
        new("takes unsigned tokens", "1.unsigned-token") { Request = request => TrustPayload(request) },
        new("looks at no Host", "1.other-host") { Request = request => request.Headers.Host = "localhost" },
        new("takes every host for another tenant's", "1.own-host")
        {
            Request = request => request.Headers.Host = request.Headers.Host!.Contains("aika", StringComparison.OrdinalIgnoreCase) ? "somebody.aika.life" : request.Headers.Host,
        },
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
        new("keeps Link from allowed pages", "1.cors-allowed") { Reply = reply => reply.Headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Request-Id" },
        new("lets no page call the SDK's paths", "1.cors-sdk") { Reply = reply => reply.Headers.Remove("Access-Control-Allow-Origin") },
    ];

    private static void Swap(HttpRequestMessage request, Credential presented, Credential used)
    {
        if (request.Headers.Authorization?.Parameter == presented.Value)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used.Value);
    }

    private static void TrustPayload(HttpRequestMessage request)
    {
        if (request.Headers.Authorization?.Parameter is { } token && token.Contains($".{TestStand.Means.Tenant!.Value.Split('.')[1]}.", StringComparison.Ordinal))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestStand.Means.Tenant.Value);
    }

    private static void CookieToHeader(HttpRequestMessage request)
    {
        if (!request.Headers.TryGetValues("Cookie", out var cookies) || !cookies.First().StartsWith("tenant_token=ey", StringComparison.Ordinal))
            return;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", cookies.First()["tenant_token=".Length..]);
    }

    private static void Forgive(Reply reply, string code)
    {
        if (reply.Code == code)
            (reply.Status, reply.Body) = (200, """{"success":true,"data":{}}""");
    }
}
