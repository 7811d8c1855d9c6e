using SdkChat.Api.Tests.Support;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Http;

public sealed class ResponseHeaderTests
{
    [TestCase("/api/v1/sdk-chat", "Origin, Authorization, Cookie")]
    [TestCase("/api/nowhere", "Origin, Authorization, Cookie")]
    [TestCase("/v1/probe/key", "Origin, Authorization, X-API-KEY")]
    [TestCase("/v1/probe/crash", "Origin, Authorization, X-API-KEY")]
    public async Task Answer_UnderAnApiPath_IsPrivate(string path, string vary)
    {
        using var response = await SharedApi.Api.Client.GetAsync(path);

        response.Headers.CacheControl!.ToString().Should().BeOneOf("private, no-cache", "no-cache, private");
        response.Header("Vary").Should().Be(vary);
        response.Header("Server").Should().BeNull();
    }

    [TestCase("/api/v1/sdk-chat")]
    [TestCase("/v1/probe/crash")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/docs/scalar.js")]
    [TestCase("/health/live")]
    [TestCase("/nowhere")]
    public async Task Answer_ThatIsNoPage_LoadsRunsAndFramesNothing(string path)
    {
        using var response = await SharedApi.Api.Client.GetAsync(path);

        response.Header("Content-Security-Policy").Should().Be("default-src 'none'; frame-ancestors 'none'");
        response.Header("X-Frame-Options").Should().Be("DENY");
        response.Header("Referrer-Policy").Should().Be("no-referrer");
        response.Header("X-Content-Type-Options").Should().Be("nosniff");
    }

    [Test]
    public async Task Reference_InProduction_RunsItsOwnScriptsAloneAndIsNotFramed()
    {
        await using var api = await SdkChat.TestSupport.TestApi.StartAsync(
            SharedApi.ConnectionString, new Dictionary<string, string?> { ["Pipeline:BaseUrl"] = "http://127.0.0.1:1" },
            environment: "Production");
        using var response = await api.Client.GetAsync("/docs/");

        var policy = response.Header("Content-Security-Policy")!;
        policy.Should().StartWith("default-src 'none'; script-src 'self' 'sha256-").And.Contain("frame-ancestors 'none'")
            .And.Contain("base-uri 'none'");
        policy.Split("script-src")[1].Split(';')[0].Should().NotContain("unsafe");
        response.Header("X-Frame-Options").Should().Be("DENY");
        (await response.Content.ReadAsStringAsync()).Should().Contain("scalar");
    }

    [Test]
    public async Task Answer_NotModified_CarriesTheSameHeaders()
    {
        var token = SharedApi.Api.TenantToken(SharedApi.Demo);
        var path = $"/api/v1/sdk-chat/{SharedApi.DemoChat}";
        using var first = await SharedApi.Api.Client.SendAsync(Request(path, token: token));
        using var second = await SharedApi.Api.Client.SendAsync(
            Request(path, token: token, headers: ("If-None-Match", first.Headers.ETag!.ToString())));

        ((int)second.StatusCode).Should().Be(304);
        second.Headers.ETag.Should().Be(first.Headers.ETag);
        second.Header("Vary").Should().Be(first.Header("Vary"));
        second.Header("X-Request-Id").Should().NotBeNull();
    }

    [TestCase("abc-123", true)]
    [TestCase("0af7651916cd43dd8448eb211c80319c", true)]
    [TestCase("with space", false)]
    [TestCase("<script>", false)]
    [TestCase("", false)]
    public async Task RequestId_OfTheCaller_IsKeptWhereItIsSane(string sent, bool kept)
    {
        using var response = await SharedApi.Api.Client.SendAsync(Request("/nowhere", headers: ("X-Request-Id", sent)));

        var id = response.Header("X-Request-Id");
        (id == sent).Should().Be(kept);
        id.Should().NotBeNullOrEmpty();
    }

    [Test]
    public async Task RequestId_OfTwoRequests_Differs()
    {
        using var first = await SharedApi.Api.Client.GetAsync("/nowhere");
        using var second = await SharedApi.Api.Client.GetAsync("/nowhere");
        using var long_ = await SharedApi.Api.Client.SendAsync(Request("/nowhere", headers: ("X-Request-Id", new string('a', 129))));

        first.Header("X-Request-Id").Should().NotBe(second.Header("X-Request-Id"));
        long_.Header("X-Request-Id")!.Length.Should().Be(32);
    }
}
