using System.Net;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests;

/// <summary>What a caller sees through the shipped files when one of two nodes answers badly, or not at all.</summary>
[TestFixture(ShippedProxies.Nginx)]
[TestFixture(ShippedProxies.ComposeNginx)]
[TestFixture(ShippedProxies.Haproxy)]
public sealed class UpstreamTests(string file)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-upstream").FullName;
    private readonly ScriptedNode _first = new();
    private readonly ScriptedNode _second = new();

    private Certificate _certificate = null!;
    private HttpClient _client = null!;
    private Proxy? _proxy;

    private IEnumerable<string> Arrived => _first.Requests.Concat(_second.Requests);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _certificate = new Certificate(_folder);
        _client = Client.New(_certificate);
        _proxy = await ShippedProxies.StartAsync(file, _folder, [_first.Address, _second.Address], _certificate);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _client.Dispose();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TearDown]
    public void AnswerAgain()
    {
        (_first.Closes, _second.Closes) = (false, false);
        _first.Requests.Clear();
        _second.Requests.Clear();
    }

    [Test]
    public async Task Answer_WithLargeHeaders_Passes()
    {
        using var response = await _client.GetAsync(new Uri(_proxy!.Plain, "/headers/14000"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("Link").Single().Should().HaveLength(14_000);
    }

    /// <summary>More than there are nodes, one after the other, as an attacker sends them who has found a way.</summary>
    [Test]
    public async Task Answers_ThatTheProxyCannotRead_TakeNoNodeOut()
    {
        for (var bad = 0; bad < 4; bad++)
        {
            (await StatusAsync(_proxy!, HttpMethod.Get, "/headers/200000")).Should().Be(HttpStatusCode.BadGateway);
            await AllAnswerAsync(_proxy!, HttpMethod.Get, "/good", calls: 5);
        }

        new[] { _first, _second }.Should().OnlyContain(node => node.Requests.Contains("GET /good"), "both nodes are still asked");
    }

    [Test]
    public async Task Read_WhoseNodeClosesTheConnection_IsAnsweredByTheOther()
    {
        _first.Closes = true;

        await AllAnswerAsync(_proxy!, HttpMethod.Get, "/closed", calls: 6);

        _first.Requests.Should().Contain("GET /closed", "it was asked first at least once");
    }

    /// <summary>The node may have carried it out. Only the caller, who has an Idempotency-Key, knows whether to send it again.</summary>
    [TestCase("POST")]
    [TestCase("PATCH")]
    public async Task Write_WhoseNodeClosesTheConnection_IsNotSentTwice(string method)
    {
        (_first.Closes, _second.Closes) = (true, true);

        (await StatusAsync(_proxy!, new HttpMethod(method), "/closed")).Should().Be(HttpStatusCode.BadGateway);

        Arrived.Should().Equal($"{method} /closed");
    }

    [Test]
    public async Task Node_ThatIsGone_CostsNoCallerAnAnswer()
    {
        var gone = new ScriptedNode();
        await gone.DisposeAsync();
        await using var proxy = await ShippedProxies.StartAsync(file, _folder, [gone.Address, _second.Address], _certificate);

        await AllAnswerAsync(proxy, HttpMethod.Get, "/good", calls: 20);
        await AllAnswerAsync(proxy, HttpMethod.Post, "/good", calls: 20);
    }

    /// <summary>
    /// As while the database is away. The node's answer has the code and the time to wait; a page of the proxy has neither.
    /// </summary>
    [Test]
    public async Task Nodes_OfWhichNoneIsReady_StillAnswer()
    {
        await using var first = new ScriptedNode();
        await using var second = new ScriptedNode();
        await using var proxy = await ShippedProxies.StartAsync(file, _folder, [first.Address, second.Address], _certificate);
        (first.IsUnready, second.IsUnready) = (true, true);
        if (file == ShippedProxies.Haproxy)
        {
            var (ofFirst, ofSecond) = (first.ReadinessAnswers, second.ReadinessAnswers);
            await Eventually.TrueAsync(() => first.ReadinessAnswers > ofFirst + 2 && second.ReadinessAnswers > ofSecond + 2);
        }

        await AllAnswerAsync(proxy, HttpMethod.Get, "/good", calls: 4);
        await AllAnswerAsync(proxy, HttpMethod.Post, "/good", calls: 4);
    }

    private async Task AllAnswerAsync(Proxy proxy, HttpMethod method, string path, int calls)
    {
        for (var call = 0; call < calls; call++)
            (await StatusAsync(proxy, method, path)).Should().Be(HttpStatusCode.OK, $"{method} {path}");
    }

    private async Task<HttpStatusCode> StatusAsync(Proxy proxy, HttpMethod method, string path)
    {
        // On a connection of its own. On one that was used before, HAProxy closes without an answer where the node did, and HttpClient
        // sends again.
        using var request = new HttpRequestMessage(method, new Uri(proxy.Plain, path)) { Headers = { ConnectionClose = true } };
        using var response = await _client.SendAsync(request);
        return response.StatusCode;
    }
}
