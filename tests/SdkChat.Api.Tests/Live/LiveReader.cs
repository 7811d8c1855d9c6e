using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>
/// A well-behaved reader: HttpClient, and .NET's own parser. What it waits for is due within <see cref="Deadlines.Soon"/>.
/// </summary>
internal sealed class LiveReader : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly IAsyncEnumerator<SseItem<string>> _events;
    private readonly Func<IEnumerable<string>> _listEnds;

    private LiveReader(HttpClient client, HttpResponseMessage response, Stream body, Func<IEnumerable<string>> listEnds)
    {
        (_client, Response, _listEnds) = (client, response, listEnds);
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response { get; }

    /// <summary>Opens a stream, and reads its <c>ready</c>.</summary>
    public static async Task<LiveReader> OpenAsync(TestApi api, Guid tenant, Version? version = null)
    {
        var client = api.NewClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(HttpMethod.Get, StreamSocket.Path)
        {
            Version = version ?? HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", api.TenantToken(tenant)) },
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var reader = new LiveReader(client, response, await response.Content.ReadAsStreamAsync(), () => api.ListEnds(tenant));
        var ready = await reader.NextAsync();
        (ready.EventType, ready.Data).Should().Be(("ready", "{}"));
        return reader;
    }

    public async Task<SseItem<string>> NextAsync()
    {
        if (!await _events.MoveNextAsync().AsTask().WaitAsync(Deadlines.Soon))
            Assert.Fail($"The stream has ended. The service logged: {string.Join("; ", _listEnds())}");
        return _events.Current;
    }

    public async Task<List<SseItem<string>>> NextAsync(int count)
    {
        var items = new List<SseItem<string>>();
        while (items.Count < count)
            items.Add(await NextAsync());
        return items;
    }

    /// <summary>Whether the stream is over, in good order.</summary>
    public async Task<bool> EndsAsync() => !await _events.MoveNextAsync().AsTask().WaitAsync(Deadlines.Soon);

    public ValueTask DisposeAsync()
    {
        Response.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
