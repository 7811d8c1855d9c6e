using System.Net;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Http;

/// <summary>Which pages in a browser may call (contract, section 1).</summary>
public sealed class OriginTests
{
    private const string List = "/api/v1/sdk-chat";
    private const string Dashboard = "https://dashboard.example.com";

    private static TestApi Api => SharedApi.Api;

    private static string Own => Api.BaseAddress.GetLeftPart(UriPartial.Authority);

    [TestCase(null, null, true)]
    [TestCase(null, "none", true)]
    [TestCase(null, "same-origin", true)]
    [TestCase(null, "same-site", false)]
    [TestCase(null, "cross-site", false)]
    [TestCase(null, "Cross-Site", false)]
    [TestCase(Dashboard, "cross-site", true)]
    [TestCase("HTTPS://Dashboard.Example.com", null, true)]
    [TestCase("http://localhost:3000", null, true)]
    [TestCase("http://localhost:3001", null, false)]
    [TestCase("http://dashboard.example.com", null, false)]
    [TestCase("https://dashboard.example.com.attacker.example", null, false)]
    [TestCase("https://attacker.example", null, false)]
    [TestCase("null", null, false)]
    [TestCase("", null, false)]
    [TestCase("https://acme.aika.life", "same-site", false)]
    public async Task Request_OfAPage_IsLetInByItsOrigin(string? origin, string? site, bool admitted)
    {
        foreach (var path in new[] { List, "/api/nowhere", "/API/v1/sdk-chat" })
        {
            using var response = await Api.Client.SendAsync(With(Request(path, token: Api.TenantToken(SharedApi.Demo)), origin, site));
            if (admitted)
                response.StatusCode.Should().NotBe(HttpStatusCode.Forbidden);
            else
                (await response.FailureCodeAsync()).Should().Be("ORIGIN_NOT_ALLOWED");
        }
    }

    [Test]
    public async Task Request_OfTwoOrigins_IsRefused()
    {
        var request = Request(List, token: Api.TenantToken(SharedApi.Demo));
        request.Headers.TryAddWithoutValidation("Origin", [Dashboard, Dashboard]);
        using var response = await Api.Client.SendAsync(request);

        (await response.FailureCodeAsync()).Should().Be("ORIGIN_NOT_ALLOWED");
    }

    [TestCase("demo.aika.life", "http://demo.aika.life", true)]
    [TestCase("Demo.Aika.Life:80", "http://demo.aika.life", true)]
    [TestCase("demo.aika.life", "http://DEMO.aika.life:80", true)]
    [TestCase("demo.aika.life", "https://demo.aika.life", false)]
    [TestCase("demo.aika.life", "http://demo.aika.life:8080", false)]
    [TestCase("demo.aika.life", "http://acme.aika.life", false)]
    public async Task Request_OfItsOwnHost_IsOwn(string host, string origin, bool admitted)
    {
        using var response = await Api.Client.SendAsync(
            Request(List, token: Api.TenantToken(SharedApi.Demo), headers: [("Host", host), ("Origin", origin)]));

        response.StatusCode.Should().Be(admitted ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [TestCase("GET", null, 200)]
    [TestCase("POST", null, 401)]
    [TestCase("POST", Dashboard, 401)]
    [TestCase("POST", "own", 200)]
    [TestCase("GET", Dashboard, 200)]
    public async Task Cookie_OfARequest_CountsBeyondGetOnlyForTheOwnPage(string method, string? origin, int status)
    {
        var request = Request("/api/probe/token", method, headers: ("Cookie", $"tenant_token={Api.TenantToken(SharedApi.Demo)}"));
        using var response = await Api.Client.SendAsync(With(request, origin == "own" ? Own : origin, null));

        ((int)response.StatusCode).Should().Be(status);
    }

    [TestCase("Bearer garbage")]
    [TestCase("Basic dXNlcjpwYXNz")]
    [TestCase("")]
    public async Task Header_BesideAGoodCookie_Decides(string authorization)
    {
        using var response = await Api.Client.SendAsync(Request(List, headers:
            [("Cookie", $"tenant_token={Api.TenantToken(SharedApi.Demo)}"), ("Authorization", authorization)]));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [TestCase("access_token")]
    [TestCase("token")]
    [TestCase("tenant_token")]
    public async Task Token_InTheQuery_IsNone(string parameter)
    {
        using var response = await Api.Client.GetAsync($"{List}?{parameter}={Api.TenantToken(SharedApi.Demo)}");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [TestCase("GET", "/api/v1/sdk-chat", 200)]
    [TestCase("GET", "/api/nowhere", 404)]
    [TestCase("GET", "/api/v1/sdk-chat?size=x", 400)]
    [TestCase("DELETE", "/api/v1/sdk-chat", 405)]
    public async Task Answer_ToAnAllowedOrigin_MayBeRead(string method, string path, int status)
    {
        using var response = await Api.Client.SendAsync(
            With(Request(path, method, Api.TenantToken(SharedApi.Demo)), Dashboard, null));

        ((int)response.StatusCode).Should().Be(status);
        response.Header("Access-Control-Allow-Origin").Should().Be(Dashboard);
        response.Header("Access-Control-Allow-Credentials").Should().Be("true");
        response.Header("Access-Control-Expose-Headers")!.Split(',').Should().BeEquivalentTo("Link", "ETag", "Retry-After", "X-Request-Id");
        response.Header("Vary").Should().Contain("Origin");
    }

    [Test]
    public async Task Answer_Unauthenticated_MayBeReadByAnAllowedOrigin()
    {
        using var response = await Api.Client.SendAsync(With(Request(List), Dashboard, null));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Header("Access-Control-Allow-Origin").Should().Be(Dashboard);
    }

    [TestCase("https://any.example", "/v1/probe/key", 401)]
    [TestCase("null", "/v1/nowhere", 404)]
    [TestCase("https://any.example", "/v1/probe/crash", 500)]
    public async Task Answer_UnderTheSdksPath_MayBeReadByAnyOriginWithoutCredentials(string origin, string path, int status)
    {
        using var response = await Api.Client.SendAsync(With(Request(path), origin, "cross-site"));

        ((int)response.StatusCode).Should().Be(status);
        response.Header("Access-Control-Allow-Origin").Should().Be("*");
        response.Header("Access-Control-Allow-Credentials").Should().BeNull();
    }

    [TestCase(Dashboard, List, 204, Dashboard)]
    [TestCase("https://attacker.example", List, 403, null)]
    [TestCase("https://any.example", "/v1/probe/key", 204, "*")]
    public async Task Preflight_OfAnOrigin_IsAnswered(string origin, string path, int status, string? allowed)
    {
        using var response = await Api.Client.SendAsync(Request(path, "OPTIONS", headers:
        [
            ("Origin", origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization,x-api-key"),
        ]));

        ((int)response.StatusCode).Should().Be(status);
        response.Header("Access-Control-Allow-Origin").Should().Be(allowed);
        if (allowed is not null)
            response.Header("Access-Control-Allow-Headers").Should().ContainAll("authorization", "x-api-key");
    }

    private static HttpRequestMessage With(HttpRequestMessage request, string? origin, string? site)
    {
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        if (site is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        return request;
    }
}
