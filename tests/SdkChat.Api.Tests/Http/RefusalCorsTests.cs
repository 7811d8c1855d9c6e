using System.Text;
using SdkChat.Api.Tests.Sdk;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http;

/// <summary>A page in a browser can read why it was refused: every refusal passes the CORS step.</summary>
public sealed class RefusalCorsTests() : SdkFixture(nodes: 1)
{
    private const string Shop = "https://shop.example";

    protected override Dictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>(base.Settings)
            {
                ["RateLimits:Enabled"] = "true", ["RateLimits:KeyTotal:PerSecond"] = "1", ["RateLimits:KeyTotal:Burst"] = "1",
            };
            settings["Cors:AllowedOrigins:0"] = Shop;
            return settings;
        }
    }

    [TestCase("POST", "/v1/profile", 65_537, 413)]
    [TestCase("POST", "/v1/profile", 1 << 20, 413)]
    [TestCase("POST", "/v1/nowhere", 65_537, 413)]
    [TestCase("POST", "/v1/nowhere", 2, 404)]
    [TestCase("PATCH", "/v1/profile", 2, 405)]
    [TestCase("POST", "/v1/profile", 2, 401)]
    [TestCase("POST", "/api/v1/sdk-chat", 65_537, 413)]
    [TestCase("POST", "/api/v1/sdk-chat", 2, 405)]
    public async Task Refusal_WithoutACredential_MayBeRead(string method, string path, int length, int status)
    {
        var request = ApiCalls.Request(path, method, headers: ("Origin", Shop));
        request.Content = new ByteArrayContent(new byte[length]);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var response = await Node.Client.SendAsync(request);

        ShouldBeReadable(response, path, status);
    }

    [TestCase("/v1/profile", "{", "application/json", null, 400)]
    [TestCase("/v1/profile", "[]", "application/json", null, 400)]
    [TestCase("/v1/profile", "{}", "text/plain", null, 415)]
    [TestCase("/v1/profile", "{}", "application/json", "text/html", 406)]
    [TestCase("/v1/profile/3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50/session/end", "{}", "application/json", null, 404)]
    public async Task Refusal_OfAShopper_MayBeRead(string path, string body, string type, string? accept, int status)
    {
        await Eventually.TrueAsync(async () =>
        {
            var request = ApiCalls.Request(path, "POST", headers: [("Origin", Shop), ("X-API-KEY", DemoKey)]);
            request.Content = new StringContent(body, Encoding.UTF8, type);
            if (accept is not null)
                request.Headers.TryAddWithoutValidation("Accept", accept);
            using var response = await Node.Client.SendAsync(request);
            if (response.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            {
                ShouldBeReadable(response, path, 429);
                return false;
            }

            ShouldBeReadable(response, path, status);
            return true;
        });
    }

    [TestCase("Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n", 400)]
    [TestCase("Transfer-Encoding: chunked\r\n\r\nx\r\n", 400)]
    public async Task Refusal_OfABodyThatTheServerCannotRead_MayBeRead(string rest, int status)
    {
        await using var node = await StartNodeAsync(settings: new Dictionary<string, string?> { ["RateLimits:Enabled"] = "false" });
        using var socket = await StreamSocket.SendAsync(
            node.BaseAddress,
            $"POST /v1/profile HTTP/1.1\r\nHost: x\r\nOrigin: {Shop}\r\nX-API-KEY: {DemoKey}\r\nContent-Type: application/json\r\n{rest}");

        var answer = await socket.UntilAsync("\r\n\r\n");

        answer.Should().StartWith($"HTTP/1.1 {status} ").And.Contain("Access-Control-Allow-Origin: *");
    }

    private static void ShouldBeReadable(HttpResponseMessage response, string path, int status)
    {
        ((int)response.StatusCode).Should().Be(status);
        response.Header("Access-Control-Allow-Origin").Should().Be(path.StartsWith("/api", StringComparison.Ordinal) ? Shop : "*");
        response.Header("Access-Control-Expose-Headers").Should().Contain("Retry-After");
    }
}
