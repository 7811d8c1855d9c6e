using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests;

/// <summary>
/// A middleware that compresses holds back what it has not got enough of, unless the answer says that it may not be changed.
/// </summary>
public sealed class CompressingProxyTests
{
    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private TestApi _api = null!;
    private Process _proxy = null!;
    private HttpClient _client = null!;
    private Guid _tenant;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var node = await NodeFolder.PrepareAsync("tests/SdkChat.Proxies.Tests/Compressing");
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        _tenant = await _rows.TenantAsync("demo");
        _api = await TestApi.StartAsync(_database.ConnectionString);
        _proxy = node.Start("node", "proxy.mjs", _api.BaseAddress.GetLeftPart(UriPartial.Authority));
        var port = await _proxy.StandardOutput.ReadLineAsync().WaitAsync(Deadlines.Soon);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_proxy is not null)
        {
            _proxy.Kill();
            await _proxy.WaitForExitAsync();
            _proxy.Dispose();
        }

        if (_api is not null)
            await _api.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    [Test]
    public async Task Stream_ThroughAProxyThatCompresses_ArrivesAsItHappens()
    {
        using var response = await SendAsync(StreamSocket.Path).WaitAsync(Deadlines.Soon);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        await using var events = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();

        (await NextAsync(events)).Should().Be("ready");
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        (await NextAsync(events)).Should().Be("chat_completed");
    }

    /// <summary>Or the test above would say nothing.</summary>
    [Test]
    public async Task List_ThroughTheSameProxy_IsCompressed()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _client.BaseAddress };
        using var request = Request("/api/v1/sdk-chat");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var response = await client.SendAsync(request);

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
    }

    private Task<HttpResponseMessage> SendAsync(string path) => _client.SendAsync(Request(path), HttpCompletionOption.ResponseHeadersRead);

    private HttpRequestMessage Request(string path) => new(HttpMethod.Get, path)
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _api.TenantToken(_tenant)) },
    };

    private static async Task<string> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        (await events.MoveNextAsync().AsTask().WaitAsync(Deadlines.Soon)).Should().BeTrue("the stream goes on");
        return events.Current.EventType;
    }
}
