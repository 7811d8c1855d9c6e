using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Callers;

/// <summary>Section 1: pages in browsers.</summary>
internal static class OriginRules
{
    private const string Stranger = "https://stranger.example";
    private static readonly string[] Exposed = ["Link", "ETag", "Retry-After", "X-Request-Id"];

    public static string Own(Service service) => service.Address.GetLeftPart(UriPartial.Authority);

    [Rule("1.origin-own", "A page of the service's own origin may call.", Needs.Tenant)]
    public static async Task OwnOrigin(Service service)
    {
        (await service.GetAsync(Paths.List, service.Tenant, ("Origin", Own(service)))).Data();
        (await service.GetAsync(Paths.List, service.Tenant, ("Origin", Own(service)), ("Sec-Fetch-Site", "same-origin"))).Data();
    }

    [Rule("1.origin-refused", "A page of any other origin, a sibling tenant's too, is 403 ORIGIN_NOT_ALLOWED and may not read it.",
        Needs.Tenant)]
    public static async Task OtherOrigin(Service service)
    {
        foreach (var origin
            in new[] { Stranger, "null", $"https://other.{service.Means.HostSuffix ?? "aika.life"}", Own(service) + ".stranger.example" })
        {
            foreach (var path in new[] { Paths.List, Paths.Stream, Paths.AdminList })
                MayNotRead((await service.GetAsync(path, service.Tenant, ("Origin", origin))).ShouldFail(403, "ORIGIN_NOT_ALLOWED"));
            MayNotRead(await service.SendAsync(Preflight(Paths.List, origin, "GET", "authorization")));
        }
    }

    [Rule("1.fetch-site", "Without an Origin, Sec-Fetch-Site same-site or cross-site is 403; same-origin and none are let in.",
        Needs.Tenant)]
    public static async Task FetchSite(Service service)
    {
        foreach (var site in new[] { "same-site", "cross-site" })
        {
            foreach (var path in new[] { Paths.List, Paths.Stream })
                (await service.GetAsync(path, service.Tenant, ("Sec-Fetch-Site", site))).ShouldFail(403, "ORIGIN_NOT_ALLOWED");
        }

        foreach (var site in new[] { "same-origin", "none" })
            (await service.GetAsync(Paths.List, service.Tenant, ("Sec-Fetch-Site", site))).Data();
    }

    [Rule("1.cors-allowed", "An origin on the allow-list may call with credentials and read Link, ETag, Retry-After and X-Request-Id.",
        Needs.Tenant | Needs.AllowedOrigin)]
    public static async Task AllowedOrigin(Service service)
    {
        var origin = service.Means.AllowedOrigin!;
        var answer = await service.GetAsync(Paths.List, service.Tenant, ("Origin", origin));
        answer.Data();
        foreach (var told in new[] { answer, (await service.GetAsync(Paths.List, null, ("Origin", origin))).ShouldBe(401) })
        {
            told.ShouldSay("Access-Control-Allow-Origin", origin).ShouldSay("Access-Control-Allow-Credentials", "true");
            foreach (var header in Exposed)
                told.ShouldList("Access-Control-Expose-Headers", header);
        }

        var preflight = await service.SendAsync(Preflight(Paths.List, origin, "GET", "authorization"));
        preflight.Expect(preflight.Status is 200 or 204, "a preflight let through", $"status {preflight.Status}");
        preflight.ShouldSay("Access-Control-Allow-Origin", origin).ShouldSay("Access-Control-Allow-Credentials", "true");
    }

    [Rule("1.cors-sdk", "Under /v1/ CORS answers any origin, without credentials.", Needs.Key)]
    public static async Task Sdk(Service service)
    {
        var answer = await service.GetAsync(Paths.Validation, service.Key, ("Origin", Stranger));
        answer.Data();
        var preflight = await service.SendAsync(Preflight(Paths.Profiles, Stranger, "POST", "x-api-key,content-type"));
        preflight.Expect(preflight.Status is 200 or 204, "a preflight let through", $"status {preflight.Status}");
        foreach (var told in new[] { answer, preflight })
        {
            told.Expect(
                told.Header("Access-Control-Allow-Origin") is "*" or Stranger, $"Access-Control-Allow-Origin for {Stranger}",
                $"'{told.Header("Access-Control-Allow-Origin")}'");
            told.Expect(
                !told.Has("Access-Control-Allow-Credentials"), "no Access-Control-Allow-Credentials",
                told.Header("Access-Control-Allow-Credentials"));
        }
    }

    private static Call Preflight(string path, string origin, string method, string headers) => new("OPTIONS", path)
    {
        Headers = [("Origin", origin), ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers)],
    };

    private static void MayNotRead(Answer answer) =>
        answer.Expect(
            !answer.Has("Access-Control-Allow-Origin"), "no Access-Control-Allow-Origin", answer.Header("Access-Control-Allow-Origin"));
}
