using System.Net;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Hosting;

/// <summary>Forwarded headers say for whom a request was made, when a configured proxy says it.</summary>
public sealed class ProxyTests
{
    private const string List = "/api/v1/sdk-chat";

    [TestCase("127.0.0.1", true)]
    [TestCase("127.0.0.0/8", true)]
    [TestCase("10.0.0.0/8", false)]
    [TestCase(null, false)]
    public async Task ForwardedHost_OfAProxy_CountsWhereTheProxyIsTrusted(string? trusted, bool counts)
    {
        await using var api = await StartAsync(trusted);
        var token = api.TenantToken(SharedApi.Demo);

        using var elsewhere = await api.Client.SendAsync(Request(List, token: token, headers: ("X-Forwarded-Host", "acme.aika.life")));
        using var page = await api.Client.SendAsync(Request(List, token: token, headers:
            [("X-Forwarded-Host", "demo.aika.life"), ("X-Forwarded-Proto", "https"), ("Origin", "https://demo.aika.life")]));

        elsewhere.StatusCode.Should().Be(counts ? HttpStatusCode.Forbidden : HttpStatusCode.OK);
        page.StatusCode.Should().Be(counts ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    private static Task<TestApi> StartAsync(string? trusted) =>
        TestApi.StartAsync(SharedApi.ConnectionString, new Dictionary<string, string?> { ["Proxies:Trusted:0"] = trusted });
}
