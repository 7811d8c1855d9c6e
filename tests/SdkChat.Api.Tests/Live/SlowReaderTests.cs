using System.Text.RegularExpressions;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>Readers that do not read, and connections that do not speak: nobody else may notice.</summary>
public sealed partial class SlowReaderTests(bool direct) : OverBothOutputs(direct)
{
    private static readonly string LargeItems = $"[\"{new string('x', 60_000)}\"]";

    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private Guid _tenant;

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [Test]
    public async Task Reader_ThatReadsNothing_EndsTooSlowAndDelaysNobody()
    {
        await using var api = await StartAsync();
        using var stuck = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(_tenant), receiveBuffer: 4096);
        await using var quick = await LiveReader.OpenAsync(api, _tenant);

        var sent = 0;
        for (; api.Ended(_tenant, "too_slow") == 0 && sent < 1000; sent++)
        {
            await _rows.EventAsync(_tenant, _tenant, Guid.NewGuid(), "backlist_triggered", LargeItems);
            (await quick.NextAsync()).Data.Length.Should().BeGreaterThan(60_000);
        }

        api.Ended(_tenant, "too_slow").Should().Be(1, $"{sent} events of 60 KB fill every buffer on the way");
        (await stuck.ToEndAsync()).Should().BeFalse("it was cut off in the middle, and must be able to tell");
    }

    [Test]
    public async Task Reader_ThatFallsBehindAndCatchesUp_GetsEverythingOnceAndInOrder()
    {
        await using var api = await StartAsync(("Live:QueueBytes", "100000000"));
        using var late = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(_tenant), receiveBuffer: 4096);
        await late.UntilAsync("event: ready\ndata: {}\n\n");
        await using var quick = await LiveReader.OpenAsync(api, _tenant);
        var chats = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var chat in chats)
            await _rows.EventAsync(_tenant, _tenant, chat, "backlist_triggered", LargeItems);
        await quick.NextAsync(chats.Length);

        // More than the sockets hold waits now; one more comes while it is read.
        var reading = late.UntilAsync($"{_tenant}\",\"chat_id\":\"{_tenant}");
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        await reading;

        Chats().Matches(late.Body).Select(match => Guid.Parse(match.Groups[1].Value)).Should().Equal([.. chats, _tenant]);
        var stopping = api.StopAsync();
        (await late.ToEndAsync()).Should().BeTrue();
        await stopping;
    }

    [Test]
    public async Task Connections_HalfOpen_DoNotKeepReadersOut()
    {
        await using var api = await StartAsync();
        var halfOpen = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => StreamSocket.SendAsync(
            api.BaseAddress, i % 2 == 0 ? "" : $"GET {StreamSocket.Path} HTTP/1.1\r\nHost: localhost\r\nAuthoriz")));

        await using var reader = await LiveReader.OpenAsync(api, _tenant);
        await _rows.EventAsync(_tenant, _tenant, _tenant, "chat_completed");
        (await reader.NextAsync()).EventType.Should().Be("chat_completed");

        foreach (var socket in halfOpen)
            socket.Reset();
    }

    [GeneratedRegex("\"chat_id\":\"([^\"]+)\"")]
    private static partial Regex Chats();
}
