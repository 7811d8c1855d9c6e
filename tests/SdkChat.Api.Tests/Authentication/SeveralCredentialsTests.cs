using System.Net;
using SdkChat.Api.Authentication.Bearer;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Authentication;

/// <summary>
/// More than one credential in a request: cookies of one name, which a sibling host can set for the parent domain, and headers beside them.
/// </summary>
public sealed class SeveralCredentialsTests
{
    private const string List = "/api/v1/sdk-chat";
    private const string Backoffice = "/api/v1/admin/sdk-chat";
    private const string Host = "demo.aika.life";

    private static TestApi Api => SharedApi.Api;

    private static string Good => Api.TenantToken(SharedApi.Demo);

    /// <summary>What may stand in a cookie of the same name, from another path, another time or another host.</summary>
    private static IEnumerable<TestCaseData> Others() =>
    [
        new TestCaseData(() => "").SetArgDisplayNames("empty"),
        new TestCaseData(() => "garbage").SetArgDisplayNames("garbage"),
        new TestCaseData(() => Api.TenantToken(SharedApi.Demo, lifetime: TimeSpan.FromHours(-1))).SetArgDisplayNames("expired"),
        new TestCaseData(() => TestTokens.Hs256(
            TestTokens.TenantClaims(SharedApi.Demo, DateTimeOffset.UtcNow), "another-secret-of-thirty-two-bytes-or-more"))
            .SetArgDisplayNames("forged"),
        new TestCaseData(() => Api.TenantToken(SharedApi.Acme)).SetArgDisplayNames("another tenant's"),
        new TestCaseData(() => Api.TenantToken(SharedApi.Closed)).SetArgDisplayNames("a disabled tenant's"),
        new TestCaseData(() => Api.TenantToken(SharedApi.Demo, role: "viewer")).SetArgDisplayNames("without the role"),
        new TestCaseData(() => Api.BackofficeToken()).SetArgDisplayNames("the other scheme's"),
    ];

    [TestCaseSource(nameof(Others))]
    public async Task Cookies_OfOneName_AreTriedUntilOneIsGood(Func<string> other)
    {
        // Twice: once checked, a token is known, and that way must choose alike.
        for (var i = 0; i < 2; i++)
        {
            (await StatusAsync(List, $"tenant_token={Good}; tenant_token={other()}")).Should().Be(HttpStatusCode.OK);
            (await StatusAsync(List, $"tenant_token={other()}; theme=dark; tenant_token={Good}")).Should().Be(HttpStatusCode.OK);
        }
    }

    [Test]
    public async Task Cookies_OfTheBackoffice_AreTriedUntilOneIsGood()
    {
        foreach (var other in new[] { "garbage", Good, Api.BackofficeToken("ROLE_GUEST") })
        {
            (await StatusAsync(Backoffice, $"backoffice_token={Api.BackofficeToken()}; backoffice_token={other}"))
                .Should().Be(HttpStatusCode.OK);
            (await StatusAsync(Backoffice, $"backoffice_token={other}; backoffice_token={Api.BackofficeToken()}"))
                .Should().Be(HttpStatusCode.OK);
        }
    }

    [Test]
    public async Task Cookies_OfWhichNoneIsGood_AreAnsweredAsTheBestOfThem()
    {
        using var bad = await SendAsync(List, "tenant_token=garbage; tenant_token=more");
        using var foreign = await SendAsync(List, $"tenant_token={Api.TenantToken(SharedApi.Acme)}; tenant_token=garbage");

        (await bad.FailureCodeAsync()).Should().Be("UNAUTHENTICATED");
        (await foreign.FailureCodeAsync()).Should().Be("TENANT_MISMATCH");
    }

    [Test]
    public async Task Cookies_BeyondTheNumberThatIsTried_AreIgnored()
    {
        var many = string.Concat(Enumerable.Range(0, CookieValues.Most).Select(number => $"tenant_token=garbage{number}; "));

        (await StatusAsync(List, $"{many}tenant_token={Good}")).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(List, $"{many[(many.IndexOf(';') + 2)..]}tenant_token={Good}")).Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Stream_WithSeveralCookies_IsTheGoodOnes()
    {
        using var stream = await StreamSocket.SendAsync(
            Api.BaseAddress,
            $"GET {StreamSocket.Path} HTTP/1.1\r\nHost: {Host}\r\nCookie: tenant_token={Good}; "
                + $"tenant_token={Api.TenantToken(SharedApi.Acme)}\r\n\r\n");

        await stream.UntilAsync("event: ready\ndata: {}\n\n");
    }

    [Test]
    public async Task Header_BesideACookie_DecidesAlone()
    {
        (await StatusAsync(List, $"tenant_token={Good}", ("Authorization", "Bearer no.good.token")))
            .Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(List, $"tenant_token={Good}", ("Authorization", "Basic YTpi"))).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync(List, "tenant_token=garbage", ("Authorization", $"Bearer {Good}"))).Should().Be(HttpStatusCode.OK);
    }

    /// <summary>Proxies differ in which of two they look at.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Headers_OfAuthorizationThatAreSeveral_AreNone(bool isOneLine)
    {
        foreach (var (first, second) in new[]
        {
            ($"Bearer {Good}", "Bearer no.good.token"), ("Bearer no.good.token", $"Bearer {Good}"), ($"Bearer {Good}", $"Bearer {Good}"),
        })
        {
            var headers = isOneLine ? $"Authorization: {first}, {second}\r\n" : $"Authorization: {first}\r\nAuthorization: {second}\r\n";
            using var answer = await StreamSocket.SendAsync(
                Api.BaseAddress, $"GET {List} HTTP/1.1\r\nHost: {Host}\r\n{headers}Connection: close\r\n\r\n");

            (await answer.UntilAsync("\r\n\r\n")).Should().StartWith("HTTP/1.1 401 ");
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(string path, string cookies, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(path, cookies, headers);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(string path, string cookies, params (string Name, string Value)[] headers) =>
        Api.Client.SendAsync(Request(path, headers: [("Host", Host), ("Cookie", cookies), .. headers]));
}
