using System.Net;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>
/// A caller who may not choose its host tries to: with what other software believes, and with requests that can be read in two ways.
/// </summary>
public sealed class HostTrickTests
{
    private const string List = "/api/v1/sdk-chat";
    private const string Own = "demo.aika.life";
    private const string Other = "acme.aika.life";

    private static TestApi Api => SharedApi.Api;

    private static readonly string[] HostHeaders =
    [
        "X-Forwarded-Host", "X-Host", "X-Original-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "X-Real-Host", "Host-Override",
        "Via",
    ];

    [TestCaseSource(nameof(HostHeaders))]
    public async Task Header_ThatNamesAHost_IsBelievedOfNoCaller(string header)
    {
        (await CodeAsync(List, ("Host", Other), (header, Own))).Should().Be("TENANT_MISMATCH");
        (await StatusAsync(List, ("Host", Own), (header, Other))).Should().Be(HttpStatusCode.OK);
    }

    [TestCase("Forwarded", "host=demo.aika.life;proto=https;for=127.0.0.1")]
    [TestCase("Forwarded", "for=127.0.0.1;host=\"demo.aika.life\"")]
    [TestCase("X-Forwarded-Host", "demo.aika.life, demo.aika.life")]
    public async Task Header_OfAProxyThatIsNotTrusted_IsIgnored(string header, string value) =>
        (await CodeAsync(List, ("Host", Other), (header, value))).Should().Be("TENANT_MISMATCH");

    [TestCase("X-Original-URL", "/api/v1/sdk-chat")]
    [TestCase("X-Rewrite-URL", "/api/v1/sdk-chat")]
    [TestCase("X-Forwarded-Prefix", "/api/v1/sdk-chat")]
    [TestCase("X-HTTP-Method-Override", "DELETE")]
    public async Task Header_ThatNamesAnotherRequest_ChangesNothing(string header, string value)
    {
        using var health = await Api.Client.SendAsync(Request("/health/live", headers: (header, value)));

        (await health.Content.ReadAsStringAsync()).Should().Be("""{"success":true,"data":{"status":"ok"}}""");
    }

    /// <summary>What can be read in two ways is refused before anything reads it.</summary>
    [TestCase("GET {path} HTTP/1.1\r\nHost: demo.aika.life\r\nHost: acme.aika.life\r\n", 400)]
    [TestCase("GET http://demo.aika.life{path} HTTP/1.1\r\nHost: acme.aika.life\r\n", 400)]
    [TestCase("GET {path} HTTP/1.1\r\nHost: demo.aika.life, acme.aika.life\r\n", 400)]
    [TestCase("GET {path} HTTP/1.1\r\nHost: demo.aika.life/acme.aika.life\r\n", 400)]
    [TestCase("GET {path} HTTP/1.1\r\nHost: user@demo.aika.life\r\n", 400)]
    [TestCase("GET {path} HTTP/1.1\r\n", 400)]
    [TestCase("GET {path} HTTP/1.1\r\nHost: demo.aika.life\r\nHost : acme.aika.life\r\n", 400)]
    [TestCase("GET {path} HTTP/1.1\r\nHost: demo.aika.life\r\n Host: acme.aika.life\r\n", 400)]
    [TestCase("GET http://acme.aika.life{path} HTTP/1.1\r\nHost: acme.aika.life\r\n", 403)]
    [TestCase("GET {path} HTTP/1.1\r\nHost: ACME.AIKA.LIFE.:443\r\n", 403)]
    [TestCase("GET http://demo.aika.life{path} HTTP/1.1\r\nHost: demo.aika.life\r\n", 200)]
    public async Task Request_ThatNamesItsHostOddly_IsReadInOneWayOrRefused(string request, int status)
    {
        var head = request.Replace("{path}", List, StringComparison.Ordinal);
        using var answer = await StreamSocket.SendAsync(
            Api.BaseAddress, $"{head}Authorization: Bearer {Api.TenantToken(SharedApi.Demo)}\r\nConnection: close\r\n\r\n");

        (await answer.UntilAsync("\r\n\r\n")).Should().StartWith($"HTTP/1.1 {status} ");
    }

    /// <summary>The length of a request that can be read in two ways is how one is smuggled past a proxy.</summary>
    [TestCase("Content-Length: 0\r\nContent-Length: 44\r\n")]
    [TestCase("Content-Length: 44, 0\r\n")]
    [TestCase("Content-Length: 0x0\r\n")]
    [TestCase("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")]
    [TestCase("Transfer-Encoding: xchunked\r\n")]
    [TestCase("Transfer-Encoding : chunked\r\n")]
    public async Task Request_WhoseLengthCanBeReadInTwoWays_IsRefusedAndTheConnectionClosed(string framing)
    {
        const string Smuggled = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        using var answer = await StreamSocket.SendAsync(
            Api.BaseAddress, $"POST /v1/profile HTTP/1.1\r\nHost: localhost\r\n{framing}\r\n{Smuggled}");

        await answer.ToEndAsync();
        answer.Received.Should().MatchRegex("^HTTP/1\\.1 (400|501) ");
        (answer.Received.Split("HTTP/1.1 ").Length - 1).Should().Be(1, "what follows is no request of its own");
    }

    private static async Task<HttpStatusCode> StatusAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await Api.Client.SendAsync(Request(path, token: Api.TenantToken(SharedApi.Demo), headers: headers));
        return response.StatusCode;
    }

    private static async Task<string> CodeAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await Api.Client.SendAsync(Request(path, token: Api.TenantToken(SharedApi.Demo), headers: headers));
        return await response.FailureCodeAsync();
    }
}
