using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.Callers;

/// <summary>Section 1: where a token travels.</summary>
internal static class CookieRules
{
    private const string TenantCookie = "tenant_token";
    private const string BackofficeCookie = "backoffice_token";

    [Rule("1.cookie", "A token in the cookie tenant_token is good on GET, for the stream too.", Needs.Tenant)]
    public static async Task TenantInCookie(Service service)
    {
        (await service.GetAsync(Paths.List, service.Tenant.InCookie(TenantCookie))).Data();
        await using var live = await service.ReadyAsync(service.Tenant.InCookie(TenantCookie));
    }

    [Rule("1.backoffice-cookie", "So is one in backoffice_token on backoffice paths; neither cookie counts on the other's.",
        Needs.Admin | Needs.Tenant)]
    public static async Task BackofficeInCookie(Service service)
    {
        (await service.GetAsync(Paths.AdminList, service.Admin.InCookie(BackofficeCookie))).Data();
        (await service.GetAsync(Paths.AdminList, service.Admin.InCookie(TenantCookie))).ShouldFail(401, "UNAUTHENTICATED");
        (await service.GetAsync(Paths.List, service.Tenant.InCookie(BackofficeCookie))).ShouldFail(401, "UNAUTHENTICATED");
    }

    [Rule("1.header-over-cookie", "The header wins over the cookie, good or bad.", Needs.Tenant)]
    public static async Task HeaderWins(Service service)
    {
        (await service.GetAsync(Paths.List, service.Tenant, ("Cookie", $"{TenantCookie}=bad"))).Data();
        foreach (var path in new[] { Paths.List, Paths.Stream })
            (await service.GetAsync(path, service.Tenant.InCookie(TenantCookie), ("Authorization", "Bearer bad")))
                .ShouldFail(401, "UNAUTHENTICATED");
    }

    [Rule("1.never-in-query", "A token in the query string counts for nothing.", Needs.Tenant | Needs.Admin | Needs.Key)]
    public static async Task NeverInQuery(Service service)
    {
        foreach (var name in new[] { "access_token", "token", "tenant_token", "jwt", "authorization" })
        {
            await FailsAsync(service, Paths.List, name, service.Tenant);
            await FailsAsync(service, Paths.Stream, name, service.Tenant);
            await FailsAsync(service, Paths.AdminList, name, service.Admin);
        }

        foreach (var name in new[] { "api_key", "apikey", "key", "X-API-KEY" })
            await FailsAsync(service, Paths.Validation, name, service.Key);
    }

    [Rule("1.cookie-beyond-get", "On methods other than GET a cookie counts only with the service's own Origin.", Needs.Tenant)]
    public static async Task CookieBeyondGet(Service service)
    {
        foreach (var method in new[] { "HEAD", "POST", "PUT", "PATCH", "DELETE" })
        {
            var answer = await service.SendAsync(new Call(method, Paths.List, service.Tenant.InCookie(TenantCookie)));
            answer.Expect(answer.Status is 401 or 405, "401, or 405 where the method is not known", $"status {answer.Status}");
        }

        if ((await service.SendAsync(new Call("HEAD", Paths.List, service.Tenant))).Status != 200)
            throw new CannotTellException("the service knows no method besides GET here");
        var own = await service.SendAsync(
            new Call("HEAD", Paths.List, service.Tenant.InCookie(TenantCookie)) { Headers = [("Origin", OriginRules.Own(service))] });
        own.ShouldBe(200);
    }

    /// <summary>The token itself must not be part of a path that a report shows.</summary>
    private static async Task FailsAsync(Service service, string path, string name, Credential credential)
    {
        var answer = await service.GetAsync($"{path}?{name}={Uri.EscapeDataString(credential.Value)}");
        if (answer.Status != 401)
            throw new RuleBrokenException(
                "status 401", $"status {answer.Status}", $"curl -i \"{new Uri(service.Address, path)}?{name}=${credential.Name}\"");
    }
}
