using System.Net;
using System.Text.RegularExpressions;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>The stream's bytes, as they travel.</summary>
public sealed partial class EventStreamTests(bool direct) : OverBothOutputs(direct)
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private Guid _tenant;

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [Test]
    public async Task Stream_Opened_SaysHeadersRetryAndReadyAtOnce()
    {
        using var stream = await StreamSocket.ReadyAsync(Api.BaseAddress, Api.TenantToken(_tenant));

        stream.Received.Should().StartWith("HTTP/1.1 200 OK\r\n");
        stream.Received.Should().Contain("\r\nContent-Type: text/event-stream\r\n");
        stream.Received.Should().Contain("\r\nCache-Control: no-cache, no-store, no-transform\r\n");
        stream.Received.Should().Contain("\r\nX-Accel-Buffering: no\r\n");
        stream.Received.Should().NotContain("Content-Encoding").And.NotContain("Content-Length");
        Opening().IsMatch(stream.Body).Should().BeTrue(stream.Body);
    }

    [Test]
    public async Task Stream_ChatCompleted_HasTheExactBytes()
    {
        using var stream = await StreamSocket.ReadyAsync(Api.BaseAddress, Api.TenantToken(_tenant));
        var (chat, profile) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await _rows.EventAsync(_tenant, profile, chat, "chat_completed");
        await stream.UntilAsync("\"}\n\n\r\n");

        Opening().Replace(stream.Body, "").Should().Be(
            $"event: chat_completed\ndata: {{\"profile_id\":\"{profile}\",\"chat_id\":\"{chat}\"}}\n\n");
    }

    [Test]
    public async Task Stream_OverHttp10_IsNotChunkedAndComesAtOnce()
    {
        using var stream = await StreamSocket.OpenAsync(Api.BaseAddress, Api.TenantToken(_tenant), version: "1.0");
        await stream.UntilAsync("event: ready\ndata: {}\n\n");
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        await stream.UntilAsync("}\n\n");

        stream.Received.Should().NotContain("Transfer-Encoding");
        Opening().IsMatch(stream.Received[(stream.Received.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).Should().BeTrue();
    }

    [Test]
    public async Task Stream_OverHttp2_IsTheSame()
    {
        await using var api = await StartAsync(("Kestrel:EndpointDefaults:Protocols", "Http2"));
        await using var reader = await LiveReader.OpenAsync(api, _tenant, HttpVersion.Version20);

        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");

        (await reader.NextAsync()).EventType.Should().Be("chat_completed");
        reader.Response.Content.Headers.ContentType!.ToString().Should().Be("text/event-stream");
    }

    [Test]
    public async Task Stream_LastEventId_IsIgnored()
    {
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        using var stream = await StreamSocket.OpenAsync(
            Api.BaseAddress, Api.TenantToken(_tenant),
            headers: [("Last-Event-ID", "1"), ("Accept", "text/event-stream"), ("Accept-Encoding", "gzip, br")]);
        await stream.UntilAsync("event: ready\ndata: {}\n\n");
        await _rows.EventAsync(_tenant, _tenant, _tenant, "backlist_triggered", "[]");
        await stream.UntilAsync("backlist_triggered");

        stream.Body.Should().NotContain("\nid:");
        stream.Received.Should().NotContain("Content-Encoding");
    }

    [TestCase("HEAD")]
    [TestCase("POST")]
    [TestCase("DELETE")]
    public async Task Stream_OtherMethods_AreNotAllowed(string method)
    {
        using var response = await Api.Client.SendAsync(ApiCalls.Request(StreamSocket.Path, method, Api.TenantToken(_tenant)));
        response.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Test]
    public async Task Stream_BadCredentials_AreRefusedWithTheEnvelope()
    {
        (await CodeAsync(401, null)).Should().Be("UNAUTHENTICATED");
        (await CodeAsync(401, Api.BackofficeToken())).Should().Be("UNAUTHENTICATED");
        (await CodeAsync(403, Api.TenantToken(_tenant, role: "viewer"))).Should().Be("FORBIDDEN");
        (await CodeAsync(403, Api.TenantToken(SharedApi.Closed))).Should().Be("TENANT_DISABLED");
        (await CodeAsync(406, Api.TenantToken(_tenant), ("Accept", "application/json"))).Should().Be("NOT_ACCEPTABLE");
    }

    private async Task<string> CodeAsync(int status, string? token, params (string Name, string Value)[] headers)
    {
        using var response = await Api.Client.SendAsync(ApiCalls.Request(StreamSocket.Path, token: token, headers: headers));
        ((int)response.StatusCode).Should().Be(status);
        return await response.FailureCodeAsync();
    }

    [GeneratedRegex(@"^retry: [1-9]\d*\n\nevent: ready\ndata: \{\}\n\n")]
    private static partial Regex Opening();
}
