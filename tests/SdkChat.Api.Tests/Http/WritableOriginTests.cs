using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http;

/// <summary>Pages of allowed origins may make every write, with a token; a cookie does not count for them.</summary>
public sealed class WritableOriginTests
{
    private const string Dashboard = "https://dashboard.example.com";

    private static TestApi Api => SharedApi.Api;

    [Test]
    public async Task Preflight_OfEveryWrite_AllowsItsMethod()
    {
        var writes =
            from endpoint in Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let path = $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}"
            where path.StartsWith("/api/v1/", StringComparison.Ordinal)
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
            where method is not ("GET" or "HEAD" or "OPTIONS")
            select (method, path);

        writes.Should().HaveCountGreaterThan(10);
        foreach (var (method, path) in writes)
        {
            using var response = await Api.Client.SendAsync(ApiCalls.Request(
                path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), "OPTIONS",
                headers: [("Origin", Dashboard), (
                    "Access-Control-Request-Method", method), ("Access-Control-Request-Headers", "authorization,content-type")]));
            response.Header("Access-Control-Allow-Methods").Should().Contain(method, $"{method} {path}");
        }
    }

    [TestCase("DELETE", "/api/v1/floor-plan/image")]
    [TestCase("DELETE", "/api/v1/screens/01970b6e-5f0a-7a52-8a3c-0c7e4d1b2f90")]
    public async Task Write_OfAnAllowedOrigin_NeedsAToken(string method, string path)
    {
        var token = Api.TenantToken(SharedApi.Demo);
        using var byToken = await Api.Client.SendAsync(ApiCalls.Request(path, method, token: token, headers: ("Origin", Dashboard)));
        using var byCookie = await Api.Client.SendAsync(
            ApiCalls.Request(path, method, headers: [("Origin", Dashboard), ("Cookie", $"tenant_token={token}")]));

        ((int)byToken.StatusCode).Should().Be(404, "there is none, and the caller may ask");
        byToken.Header("Access-Control-Allow-Origin").Should().Be(Dashboard);
        ((int)byCookie.StatusCode).Should().Be(401);
    }
}
