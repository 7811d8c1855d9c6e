using System.Net.Http.Headers;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>Small things that a refused or vanished caller must not bring about, as they show through a proxy.</summary>
public sealed class RefusalTests
{
    private static ProductionRig Deployment => ProductionSetup.Rig;

    [Test]
    public async Task Cookie_OfAnotherSystem_IsNoCredentialAndCountsAsNoFailure() => await ThroughBothAsync(async client =>
    {
        for (var call = 0; call < 300; call++)
        {
            var answer = await client.SendAsync(
                HttpMethod.Get, "/api/v1/sdk-chat", "demo.aika.life", request => request.Headers.Add("Cookie", "theme=dark"));
            answer.Status.Should().Be(401);
        }
    });

    [Test]
    public async Task BackofficeToken_WithoutASubject_IsRefused() => await ThroughBothAsync(async client =>
    {
        var claims = new Dictionary<string, object?>(TestTokens.BackofficeClaims(TimeProvider.System.GetUtcNow()));
        (await client.BackofficeAsync("/api/v1/admin/tenants", TestTokens.Hs256(claims, TestTokens.BackofficeSecret)))
            .Status.Should().Be(200);
        claims.Remove("sub");
        // Other tests use up the limit of failures.
        (await client.BackofficeAsync("/api/v1/admin/tenants", TestTokens.Hs256(claims, TestTokens.BackofficeSecret)))
            .Status.Should().BeOneOf(401, 429);
    });

    /// <summary>What PostgreSQL refuses to hold as jsonb it does not log either.</summary>
    [TestCase("""{"a":"{secret}\u0000"}""")]
    [TestCase("""{"a":"{secret}\ud800"}""")]
    [TestCase("""{"{secret}":1e999999}""")]
    public async Task Document_ThatIsRefused_IsInNoLog(string document) => await ThroughBothAsync(async client =>
    {
        var secret = $"Kim-{Guid.NewGuid():N}";
        var answer = await client.SendAsync(HttpMethod.Post, "/v1/profile", "api.aika.life", request =>
        {
            request.Headers.Add("X-API-KEY", Deployment.Tenants[0].SdkKey);
            request.Content = new StringContent(
                document.Replace("{secret}", secret, StringComparison.Ordinal), new MediaTypeHeaderValue("application/json"));
        });

        answer.Status.Should().BeOneOf(400, 413);
        (await (await TestPostgres.Shared).LogAsync()).Should().NotContain(secret);
        foreach (var node in Deployment.Nodes)
            string.Concat(await node.LogAsync()).Should().NotContain(secret);
    });

    [Test]
    public async Task Docs_InProduction_CannotBeFramed()
    {
        foreach (var proxy in new[] { Deployment.Nginx, Deployment.Haproxy })
        {
            using var client = SdkChat.Proxies.Tests.Rig.Client.New(Deployment.Certificate);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
                proxy.Secure, "/docs")) { Headers = { Host = "api.aika.life" } };
            using var response = await client.SendAsync(request);

            response.IsSuccessStatusCode.Should().BeTrue(proxy.Name);
            response.Headers.GetValues("X-Frame-Options").Should().Equal(["DENY"], proxy.Name);
            response.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'none'", proxy.Name);
        }
    }

    /// <summary>The callers hang up in the middle of a body, behind HAProxy, which hands a body on as it comes.</summary>
    [Test]
    public async Task Callers_WhoVanish_LeaveNoErrorInTheLog()
    {
        var before = await ErrorsAsync();
        for (var caller = 0; caller < 20; caller++)
        {
            using var socket = await StreamSocket.SendAsync(
                Deployment.Haproxy.Plain,
                $"POST /v1/profile HTTP/1.1\r\nHost: api.aika.life\r\nX-API-KEY: {Deployment.Tenants[0].SdkKey}\r\nContent-Type: "
                    + $"application/json\r\nContent-Length: 1000\r\n\r\n{{\"a\":");
            socket.Reset();
        }

        using var client = new RigClient(Deployment.Haproxy, Deployment.Certificate);
        for (var call = 0; call < 20; call++)
            (await client.SdkAsync(Deployment.Tenants[1], HttpMethod.Get, "/v1/validation")).Status.Should().Be(200);
        (await ErrorsAsync()).Should().Be(before);
    }

    private static async Task<int> ErrorsAsync()
    {
        var logs = await Task.WhenAll(Deployment.Nodes.Select(node => node.LogAsync()));
        return logs.Sum(log => log.Count(
            line => line.Contains("\"Error\"", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal)));
    }

    private static async Task ThroughBothAsync(Func<RigClient, Task> test)
    {
        foreach (var proxy in new[] { Deployment.Nginx, Deployment.Haproxy })
        {
            using var client = new RigClient(proxy, Deployment.Certificate);
            await test(client);
        }
    }
}
