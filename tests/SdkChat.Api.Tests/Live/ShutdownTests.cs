using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

public sealed class ShutdownTests(bool direct) : OverBothOutputs(direct)
{
    private static readonly string LargeItems = $"[\"{new string('x', 60_000)}\"]";

    private readonly Rows _rows = new(SharedApi.ConnectionString);

    [Test]
    public async Task Stop_WithOpenStreams_EndsThemAtOnceAndInGoodOrder()
    {
        var (tenant, busy) = (await NewTenantAsync(), await NewTenantAsync());
        await using var api = await StartAsync(NeverCutShort, ("Live:QueueBytes", "100000000"));
        var streams = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(tenant))));
        // One is in the middle of a write that its reader does not take.
        using var stuck = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(busy), receiveBuffer: 4096);
        await using var witness = await LiveReader.OpenAsync(api, busy);
        await _rows.ExecuteAsync(
            """
            insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at)
            select @busy, gen_random_uuid(), @busy, 'backlist_triggered', convert_to(@LargeItems, 'UTF8'), now() from generate_series(1, 300)
            """,
            new { busy, LargeItems });
        await witness.NextAsync(300);

        // Not by the host's own limit, which lies far behind.
        await api.StopAsync().WaitAsync(Deadlines.Soon);

        foreach (var stream in streams)
        {
            (await stream.ToEndAsync()).Should().BeTrue();
            stream.Dispose();
        }

        await api.UntilEndedAsync(tenant, "shutdown", 50);
        await api.UntilEndedAsync(busy, "shutdown", 2);
    }

    [Test]
    public async Task Stream_OpenedWhileTheNodeStops_Is200WithRetryAndTheEnd()
    {
        var tenant = await NewTenantAsync();
        await using var api = await StartAsync();
        api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        using var stream = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(tenant));

        (await stream.ToEndAsync()).Should().BeTrue();
        stream.Received.Should().StartWith("HTTP/1.1 200 OK\r\n").And.Contain("Content-Type: text/event-stream\r\n");
        stream.Body.Should().MatchRegex(@"^retry: [1-9]\d*\n\n$");
    }

    private static void NeverCutShort(IServiceCollection services) =>
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Deadlines.Never);

    private Task<Guid> NewTenantAsync() => _rows.TenantAsync($"t-{Guid.NewGuid():n}");
}
