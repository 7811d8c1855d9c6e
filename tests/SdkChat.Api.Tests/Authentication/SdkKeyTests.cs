using System.Net;
using SdkChat.Api.Authentication;
using SdkChat.Api.Tests.Support;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Authentication;

public sealed class SdkKeyTests
{
    private const string Probe = "/v1/probe/key";

    public static IEnumerable<TestCaseData> KeyEndpoints() =>
        ProtectedEndpoints.Get(Policies.SdkKey).Select(endpoint => new TestCaseData(endpoint.Method, endpoint.Path));

    [TestCaseSource(nameof(KeyEndpoints))]
    public async Task Endpoint_WithABadKey_IsUnauthenticated(string method, string path)
    {
        (string, string)[][] bad =
        [
            [],
            [("X-API-KEY", "")],
            [("X-API-KEY", "garbage")],
            [("X-API-KEY", "osk_demo_unknown")],
            [("X-API-KEY", ProbeKeys.Demo.ToUpperInvariant())],
            [("X-API-KEY", ProbeKeys.Demo), ("X-API-KEY", ProbeKeys.Demo)],
            [("X-API-KEY", "osk_" + new string('x', 5000))],
            [("X-API-KEY", "osk_demo_unknown"), ("Authorization", $"Bearer {ProbeKeys.Demo}")],
            [("Authorization", $"Basic {ProbeKeys.Demo}")],
            [("Authorization", $"Bearer {SharedApi.Api.TenantToken(SharedApi.Demo)}")],
            [("Cookie", $"tenant_token={ProbeKeys.Demo}")],
        ];
        foreach (var headers in bad)
        {
            using var response = await SharedApi.Api.Client.SendAsync(Request(path, method, headers: headers));
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await response.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
            response.Header("WWW-Authenticate").Should().Be("ApiKey, Bearer");
        }
    }

    [TestCase("X-API-KEY", "")]
    [TestCase("Authorization", "Bearer ")]
    [TestCase("Authorization", "bearer ")]
    public async Task Key_InEitherHeader_IsAccepted(string header, string prefix)
    {
        using var response = await SharedApi.Api.Client.SendAsync(Request(Probe, headers: (header, prefix + ProbeKeys.Demo)));

        (await response.DataAsync()).GetString().Should().Be("demo osk_demo_01234567");
    }

    [TestCase(ProbeKeys.Demo, "acme.ones1ght.com", "TENANT_MISMATCH")]
    [TestCase(ProbeKeys.Disabled, "api.aika.life", "TENANT_DISABLED")]
    public async Task Key_OfAnotherOrADisabledTenant_IsForbidden(string key, string host, string code)
    {
        using var response = await SharedApi.Api.Client.SendAsync(Request(Probe, headers: [("X-API-KEY", key), ("Host", host)]));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.FailureCodeAsync()).Should().Be(code);
    }

    [Test]
    public async Task Key_OnATenantEndpoint_IsUnauthenticated()
    {
        using var response = await SharedApi.Api.Client.SendAsync(Request("/api/v1/sdk-chat", headers: ("X-API-KEY", ProbeKeys.Demo)));

        (await response.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
    }
}
