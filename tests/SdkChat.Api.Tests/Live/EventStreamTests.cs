using System.Text.RegularExpressions;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>The stream's bytes, as they travel.</summary>
public sealed partial class EventStreamTests
{
    private Guid _tenant;

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await new Rows(SharedApi.ConnectionString).TenantAsync($"t-{Guid.NewGuid():n}");

    [Test]
    public async Task Stream_Opened_SaysHeadersRetryAndReadyAtOnce()
    {
        using var stream = await StreamSocket.ReadyAsync(SharedApi.Api.BaseAddress, SharedApi.Api.TenantToken(_tenant));

        stream.Received.Should().StartWith("HTTP/1.1 200 OK\r\n");
        stream.Received.Should().Contain("\r\nContent-Type: text/event-stream\r\n");
        stream.Received.Should().Contain("\r\nCache-Control: no-cache, no-store\r\n");
        stream.Received.Should().Contain("\r\nX-Accel-Buffering: no\r\n");
        stream.Received.Should().NotContain("Content-Encoding");
        Retry().IsMatch(stream.Body).Should().BeTrue(stream.Body);
    }

    [Test]
    public async Task Stream_ChatCompleted_HasTheExactBytes()
    {
        using var stream = await StreamSocket.ReadyAsync(SharedApi.Api.BaseAddress, SharedApi.Api.TenantToken(_tenant));
        var (chat, profile) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await new Rows(SharedApi.ConnectionString).EventAsync(_tenant, profile, chat, "chat_completed");
        await stream.UntilAsync("chat_completed");
        await stream.UntilAsync("}\n\n\r\n");

        Retry().Replace(stream.Body, "").Should().Be(
            $"event: chat_completed\ndata: {{\"profile_id\":\"{profile}\",\"chat_id\":\"{chat}\"}}\n\n");
    }

    [GeneratedRegex(@"^retry: [1-9]\d*\n\nevent: ready\ndata: \{\}\n\n")]
    private static partial Regex Retry();
}
