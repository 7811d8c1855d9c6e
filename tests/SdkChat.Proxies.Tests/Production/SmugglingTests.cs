using System.Globalization;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>
/// Requests of which proxy and node could see two different ends. If they did, the node would answer what hides behind such a request on a
/// connection that the proxy keeps for other callers, and the next one would get that answer.
/// </summary>
public sealed class SmugglingTests
{
    /// <summary>The lines after the first, and the body. {0} is what hides.</summary>
    private static readonly TestCaseData[] Requests =
    [
        Named("length and chunks", "Content-Length: {1}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{0}"),
        Named("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n{0}"),
        Named("chunks by another name", "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{0}"),
        Named("chunks with a blank before the colon", "Content-Length: 5\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n{0}"),
        Named("chunks with a tab", "Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n{0}"),
        Named("chunks twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{0}"),
        Named("two lengths", "Content-Length: 2\r\nContent-Length: 0\r\n\r\n{{}}{0}"),
        Named("a list of lengths", "Content-Length: 2, 0\r\n\r\n{{}}{0}"),
        Named("a length with a sign", "Content-Length: +0\r\n\r\n{0}"),
        Named("a length that overflows", "Content-Length: 18446744073709551616\r\n\r\n{0}"),
        Named("a chunk size that overflows", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n{0}"),
        Named("a chunk size with a sign", "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n{0}"),
        Named("a chunk that ends early", "Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}X0\r\n\r\n{0}"),
        Named(
            "a header that goes on in the next line", "X-First: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{0}"),
        Named("a header with a zero byte", "X-First: a\0b\r\nContent-Length: 0\r\n\r\n{0}"),
        Named("a bare carriage return", "X-First: a\rContent-Length: 999\r\nContent-Length: 0\r\n\r\n{0}"),
    ];

    [TestCaseSource(nameof(Requests))]
    public async Task Request_WithTwoEnds_GivesItsAnswerToNoOtherCaller(string rest)
    {
        var rig = ProductionSetup.Rig;
        foreach (var proxy in new[] { rig.Nginx, rig.Haproxy })
        {
            using var victim = new RigClient(proxy, rig.Certificate);
            for (var attempt = 0; attempt < 3; attempt++)
            {
                (await AttackAsync(proxy, rest)).Should().NotMatchRegex("HTTP/1.1 50[0234]", proxy.Name);
                for (var call = 0; call < 4; call++)
                {
                    var answer = await victim.SdkAsync(rig.Tenants[1], HttpMethod.Get, "/v1/validation");
                    answer.Status.Should().Be(200, proxy.Name);
                    answer.Data.GetProperty("tenant_code").GetString().Should().Be(rig.Tenants[1].Code, proxy.Name);
                }
            }
        }
    }

    /// <summary>What the attacker gets: whatever hides is a call in the name of another tenant than the victim's.</summary>
    private static async Task<string> AttackAsync(Proxy proxy, string rest)
    {
        var key = $"Host: api.aika.life\r\nX-API-KEY: {ProductionSetup.Rig.Tenants[0].SdkKey}\r\n";
        var hidden = $"GET /v1/validation HTTP/1.1\r\n{key}\r\n";
        var lines = string.Format(CultureInfo.InvariantCulture, rest, hidden, hidden.Length + 5);
        using var attacker = await StreamSocket.SendAsync(
            proxy.Plain, $"POST /v1/profile HTTP/1.1\r\n{key}Content-Type: application/json\r\n{lines}");
        // Whatever waits for the rest of a body is told that there is none.
        attacker.SendNoMore();
        await attacker.ToEndAsync();
        return attacker.Received;
    }

    private static TestCaseData Named(string name, string rest) => new TestCaseData(rest).SetArgDisplayNames(name);
}
