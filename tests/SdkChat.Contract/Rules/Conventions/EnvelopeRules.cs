using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Conventions;

/// <summary>Section 2: what every answer looks like.</summary>
internal static class EnvelopeRules
{
    [Rule("2.success", "A success is {\"success\": true, \"data\": …} in JSON and UTF-8.", Needs.Tenant)]
    public static async Task Success(Service service) => (await service.GetAsync(Paths.List, service.Tenant)).Data();

    [Rule("2.failure", "A failure is {\"success\": false, \"code\", \"message\"}, and has errors with VALIDATION_FAILED alone.",
        Needs.Tenant)]
    public static async Task Failure(Service service)
    {
        foreach (var path in new[]
        {
            "/api/v1/nowhere", Paths.Detail(Paths.Nobody), Paths.List + "?size=0", Paths.List + "?profile_id=x", Paths.AdminList,
            Paths.Validation,
        })
        {
            var answer = await service.GetAsync(path, service.Tenant);
            answer.Expect(answer.Status >= 400, "a failure", $"status {answer.Status}").ShouldBeAFailure();
        }

        (await service.GetAsync(Paths.List + "?size=0", service.Tenant)).ShouldRefuse("size");
    }

    [Rule("2.unknown-route", "An unknown route is 404 NOT_FOUND in that shape.")]
    public static async Task UnknownRoute(Service service)
    {
        foreach (var path in new[] { "/api", "/api/v1/nowhere", "/v1/nowhere", "/api/v1/sdk-chat/a/b/c", "/nowhere" })
            (await service.GetAsync(path)).ShouldFail(404, "NOT_FOUND");
        (await service.SendAsync(new Call("POST", "/api/v1/nowhere"))).ShouldFail(404, "NOT_FOUND");
    }

    [Rule("2.method-not-allowed", "Another method is 405 METHOD_NOT_ALLOWED.", Needs.Tenant)]
    public static async Task Method(Service service)
    {
        foreach (var path in Paths.OfTenants)
        {
            var answer = await service.SendAsync(new Call("PATCH", path, service.Tenant));
            answer.ShouldFail(405, "METHOD_NOT_ALLOWED").Expect(
                answer.Header("Allow").Contains("GET", StringComparison.Ordinal), "GET in Allow", $"Allow: {answer.Header("Allow")}");
        }
    }

    [Rule("2.not-acceptable", "Where Accept rules JSON out: 406 NOT_ACCEPTABLE.", Needs.Tenant)]
    public static async Task NotAcceptable(Service service)
    {
        (await service.GetAsync(Paths.List, service.Tenant, ("Accept", "text/html"))).ShouldFail(406, "NOT_ACCEPTABLE");
        (await service.GetAsync(Paths.List, service.Tenant, ("Accept", "text/html,*/*;q=0.5"))).Data();
    }

    [Rule("2.request-id", "Every response carries X-Request-Id, each its own.", Needs.Tenant)]
    public static async Task RequestId(Service service)
    {
        var seen = new HashSet<string>();
        foreach (var path in new[] { Paths.List, Paths.List, Paths.List + "?size=0", Paths.AdminList, "/nowhere" })
        {
            var answer = await service.GetAsync(path, service.Tenant);
            answer.Expect(
                answer.Header("X-Request-Id").Length > 0 && seen.Add(answer.Header("X-Request-Id")), "an X-Request-Id of its own",
                $"'{answer.Header("X-Request-Id")}'");
        }

        await using var live = await service.ListenAsync(service.Tenant);
        live.Expect(live.Head.Has("X-Request-Id"), "X-Request-Id", "none");
    }

    [Rule("2.cache-control", "Under /api/ and /v1/: Cache-Control: private, no-cache, failures included.", Needs.Tenant | Needs.Key)]
    public static async Task CacheControl(Service service)
    {
        foreach (var answer in await SamplesAsync(service))
            answer.ShouldList("Cache-Control", "private").ShouldList("Cache-Control", "no-cache");
    }

    [Rule("2.vary", "And the Vary that fits: Origin and whatever may carry the credential.", Needs.Tenant | Needs.Key)]
    public static async Task Vary(Service service)
    {
        foreach (var answer in await SamplesAsync(service))
            answer.ShouldList("Vary", "Origin").ShouldList("Vary", "Authorization");
        (await service.GetAsync(Paths.List, service.Tenant)).ShouldList("Vary", "Cookie");
        (await service.GetAsync(Paths.Validation, service.Key)).ShouldList("Vary", "X-API-KEY");
    }

    private static async Task<Answer[]> SamplesAsync(Service service) =>
    [
        await service.GetAsync(Paths.List, service.Tenant),
        await service.GetAsync(Paths.List),
        await service.GetAsync(Paths.List + "?size=0", service.Tenant),
        await service.GetAsync(Paths.Detail(Paths.Nobody), service.Tenant),
        await service.GetAsync(Paths.Validation, service.Key),
        await service.GetAsync(Paths.Validation),
        await service.GetAsync("/v1/nowhere"),
    ];
}
