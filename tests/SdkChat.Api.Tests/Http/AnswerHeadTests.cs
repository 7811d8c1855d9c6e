using Microsoft.AspNetCore.Http;
using SdkChat.Api.Http;
using SdkChat.Api.Tests.Sdk;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http;

/// <summary>
/// Whatever a request brings along, the head of its answer stays small: a proxy holds it in one buffer of 4 KB, and takes a node that sends
/// more for broken.
/// </summary>
public sealed class AnswerHeadTests() : SdkFixture(nodes: 1)
{
    private const int MaxHead = 2500;

    private static readonly string Junk = new('x', 7000);

    private static IEnumerable<TestCaseData> Requests()
    {
        foreach (var path in new[]
        {
            "/v1/chat/{p}/recommend", "/v1/validation", "/v1/nowhere", "/api/v1/sdk-chat", "/api/v1/admin/sdk-chat", "/console", "/",
        })
        {
            foreach (var query in new[]
            {
                $"?size=1&page=1&x={Junk}", $"?size=1&{Junk}=1", $"?cursor={Junk}", $"?profile_id={Junk}",
                $"?size={new string('0', 7000)}1",
            })
                yield return Case("GET", path + query);
            foreach (var header in new[]
            {
                $"X-Request-Id: {Junk}", $"traceparent: {Junk}", $"tracestate: {Junk}", $"baggage: {Junk}", $"Origin: https://{Junk}",
                $"Accept: {Junk}/x",
                $"If-None-Match: \"{Junk}\"", $"Cookie: {Junk}={Junk}", $"Accept-Language: {Junk}", $"Authorization: Bearer {Junk}",
                $"X-Forwarded-Host: {Junk}",
                $"Access-Control-Request-Headers: {Junk}", $"Idempotency-Key: {Junk}",
            })
            {
                yield return Case("GET", path, header);
                yield return Case("OPTIONS", path, header, "Origin: https://shop.example", "Access-Control-Request-Method: POST");
                yield return Case("POST", path, header);
            }

            yield return Case("GET", path.TrimEnd('/') + "/" + Junk);
            yield return Case("OPTIONS", path, "Origin: https://shop.example", $"Access-Control-Request-Method: {Junk}");
        }
    }

    [TestCaseSource(nameof(Requests))]
    public async Task Answer_ToMuch_HasASmallHead(string method, string path, string[] headers)
    {
        var sent = string.Concat(headers.Select(header => header + "\r\n"));
        var key = sent.Contains("Authorization", StringComparison.Ordinal)
            ? ""
            : $"X-API-KEY: {DemoKey}\r\nAuthorization: Bearer {Token(path)}\r\n";
        using var socket = await StreamSocket.SendAsync(
            Node.BaseAddress,
            $"{method} {path.Replace("{p}", $"{Profile}", StringComparison.Ordinal)} HTTP/1.1\r\nHost: localhost\r\n"
                + $"{key}{sent}Content-Length: 0\r\nConnection: close\r\n\r\n");

        var answer = await socket.UntilAsync("\r\n\r\n");

        answer.IndexOf("\r\n\r\n", StringComparison.Ordinal).Should().BeLessThan(MaxHead);
        answer.Should().StartWith("HTTP/1.1 ").And.NotStartWith("HTTP/1.1 5");
    }

    [OneTimeSetUp]
    public async Task AddChats()
    {
        Profile = await ProfileAsync();
        for (var n = 0; n < 3; n++)
            await Rows.ChatAsync(Demo, Profile);
    }

    [Test]
    public async Task Links_OfUnknownParameters_CarryNone()
    {
        using var response = await SendAsync("GET", $"{Chats(Profile)}?size=1&page=1&x=1&X=2&Size_=3&profile_id={Guid.Empty}");

        var link = string.Join(", ", response.Headers.GetValues("Link"));
        link.Should().Contain("rel=\"next\"").And.Contain("rel=\"prev\"").And.Contain("rel=\"first\"").And.Contain("rel=\"last\"");
        System.Text.RegularExpressions.Regex.Matches(link, "[?&]([^=]+)=").Select(match => match.Groups[1].Value).Distinct()
            .Should().Equal("size", "cursor");
    }

    [Test]
    public async Task Links_OfKnownParameters_CarryAllOfThem()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/admin/sdk-chat?PROFILE_ID={Profile}&size=1&tenant_id={Demo}&page=1");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Node.BackofficeToken()}");
        using var response = await Node.Client.SendAsync(request);

        string.Join(", ", response.Headers.GetValues("Link")).Split(", ").Should().HaveCount(4)
            .And.OnlyContain(
                link =>
                    link.Contains($"tenant_id={Demo}") && link.Contains($"profile_id={Profile}") && link.Contains("size=1&")
                    && !link.Contains("page="));
    }

    [TestCase(700, "next", "prev", "first", "last")]
    [TestCase(1000, "next", "prev")]
    [TestCase(2900, "next")]
    [TestCase(4000)]
    public void Links_ThatWouldBeTooLong_AreLeftOutTheLeastUsefulFirst(int path, params string[] kept)
    {
        var context = new DefaultHttpContext { Request = { Path = "/" + new string('a', path) } };

        context.Response.AddPageLinks(total: 9, page: 1, size: 1);

        var link = context.Response.Headers["Link"].ToString();
        link.Length.Should().BeLessThanOrEqualTo(PageLinkHeader.MaxLength);
        System.Text.RegularExpressions.Regex.Matches(link, "rel=\"(\\w+)\"").Select(match => match.Groups[1].Value).Should().Equal(kept);
    }

    private Guid Profile { get; set; }

    private string Token(string path) =>
        path.Contains("/admin/", StringComparison.Ordinal) ? Node.BackofficeToken() : Node.TenantToken(Demo);

    private static TestCaseData Case(string method, string path, params string[] headers) =>
        new TestCaseData(method, path, headers).SetArgDisplayNames(method, Short(path), Short(string.Join("; ", headers)));

    private static string Short(string text) =>
        text.Replace(Junk, "…", StringComparison.Ordinal).Replace(new string('0', 7000), "0…", StringComparison.Ordinal);
}
