using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Rig;

/// <summary>A stream on which nothing happens but pings, until at last something does.</summary>
internal sealed class QuietStream : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private QuietStream(HttpClient client, HttpResponseMessage response, Stream body)
    {
        (_client, _response) = (client, response);
        _events = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public static async Task<QuietStream> OpenAsync(Uri server, Version version, string token, Certificate certificate)
    {
        var client = Client.New(certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/api/v1/sdk-chat/events/stream"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Deadlines.Soon);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Version.Should().Be(version);
        return new QuietStream(client, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event's name.</summary>
    public async Task<string> NextAsync()
    {
        (await _events.MoveNextAsync().AsTask().WaitAsync(Deadlines.Soon)).Should().BeTrue("the stream goes on");
        return _events.Current.EventType;
    }

    /// <summary>Reads on until the server ends the stream in good order. Pings do not prolong the wait.</summary>
    public Task ToEndAsync()
    {
        return ReadAsync().WaitAsync(Deadlines.Soon);

        async Task ReadAsync()
        {
            while (await _events.MoveNextAsync())
                _events.Current.EventType.Should().BeOneOf("ping", "chat_completed", "backlist_triggered", "message");
        }
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
