using Microsoft.Extensions.DependencyInjection;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Copies;

/// <summary>
/// A streaming standby that is promoted goes on where its primary was: nothing is taken for another server's, and nothing is lost.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PromotedStandbyTests
{
    [Test]
    public async Task Nodes_WhoseStandbyIsPromoted_GoOnWhereTheyWere()
    {
        await using var address = new DatabaseAddress();
        await using var primary = await PrivateServer.StartAsync();
        await primary.MigrateAsync();
        var tenant = await primary.Rows.TenantAsync("demo");
        await using var standby = await primary.StartStandbyAsync();
        address.PointTo(primary.Socket);
        await using var service = await CopiedService.StartAsync(address, tenant);
        await service.BeginAsync(primary.Rows, chats: 10);
        await service.Nodes[0].Services.GetRequiredService<HistoryCountMaintenance>().ApplyPendingAsync(default);
        await primary.MoveHorizonAsync();
        var streams = await service.OpenStreamsAsync();
        var marks = new List<string> { await service.TriggerAsync(service.Nodes[0]) };
        await CopiedService.ArrivedOnceAsync(streams, [.. marks]);
        var before = await EpochAsync(primary);

        // Written and replayed, and read by no node: it must come from the standby.
        address.PointTo(null);
        var unread = Guid.NewGuid();
        await primary.Rows.EventAsync(tenant, service.Profile, unread, "chat_completed");
        await Eventually.TrueAsync(
            () => standby.Rows.ScalarAsync<bool>("select exists (select from chat_event where chat_id = @unread)", new { unread }));
        var events = await EventsAsync(standby);
        await primary.StopAsync();
        await standby.PromoteAsync();
        address.PointTo(standby.Socket);

        foreach (var stream in streams)
            await stream.UntilAsync($"{unread}");
        foreach (var node in service.Nodes)
            await CopiedService.ReadyAsync(node);
        marks.Add(await service.TriggerAsync(service.Nodes[1]));
        await CopiedService.ArrivedOnceAsync(streams, [.. marks]);
        streams.Should().OnlyContain(stream => stream.Body.Split($"{unread}").Length == 2);
        (await EpochAsync(standby)).Should().Be(before, "it is the same database");
        (await EventsAsync(standby)).Should().BeGreaterThan(events, "nothing was removed");
        await service.StartChatAsync(service.Nodes[0]);
        (await service.TotalAsync(service.Nodes[1])).Should().Be(11);
        await using var services = FeedNode.Services(PrivateServer.ServiceConnection(address));
        (await services.GetRequiredService<FeedTakeover>().RunAsync(checkOnly: true, default)).IsForeign.Should().BeFalse();
        (await services.GetRequiredService<HistoryCountMaintenance>().RepairAsync(checkOnly: true, default)).NothingToDo.Should().BeTrue();
    }

    private static Task<Guid> EpochAsync(PrivateServer server) => server.Rows.ScalarAsync<Guid>("select epoch from chat_event_horizon");

    private static Task<long> EventsAsync(PrivateServer server) =>
        server.Rows.ScalarAsync<long>("select count(*) from chat_event where kind <> 'delivery_probe'");
}
