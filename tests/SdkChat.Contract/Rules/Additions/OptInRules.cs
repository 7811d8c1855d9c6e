using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.5: streams that choose their events.</summary>
internal static class OptInRules
{
    [Rule("8.live-kinds", "A stream with events=… gets the kinds that are named there, with {\"profile_id\",\"chat_id\"}, and no others.",
        Needs.Shopper)]
    public static async Task Kinds(Service service)
    {
        await using var live = await service.ReadyAsync(service.Tenant, "events=chat_started,chat_ended");
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        (await shopper.EndAsync(chat)).Data();
        await live.UntilAsync(block => block.Event == "chat_ended" && block.Chat == chat, $"chat_ended of {chat}");

        var came = live.Events.Where(block => block.Chat == chat).ToArray();
        live.Expect(
            came.Select(block => block.Event).SequenceEqual(["chat_started", "chat_ended"]), "chat_started, chat_ended",
            string.Join(", ", came.Select(block => block.Event)));
        var expected = $$"""{"profile_id":"{{shopper.Profile}}","chat_id":"{{chat}}"}""";
        live.Expect(came.All(block => block.Data == expected), expected, string.Join(" and ", came.Select(block => block.Data)));
    }

    [Rule("8.live-profile", "profile_id= narrows a stream to the events of one profile.", Needs.Shopper)]
    public static async Task Profile(Service service)
    {
        var (shopper, other) = (await Shopper.ArriveAsync(service), await Shopper.ArriveAsync(service));
        await using var live = await service.ReadyAsync(service.Tenant, $"events=chat_started&profile_id={shopper.Profile}");
        var theirs = await other.StartAsync();
        var ours = await shopper.StartAsync();
        await live.UntilAsync(block => block.Chat == ours, $"chat_started of {ours}");
        live.Expect(live.Events.All(block => block.Chat != theirs), $"nothing of the other profile's chat {theirs}", "an event of it");
    }

    [Rule("8.live-unknown", "An unknown name in events=, or the parameter twice, is 400 and names the parameter.", Needs.Tenant)]
    public static async Task Unknown(Service service)
    {
        foreach (var query in new[] { "events=chat_deleted", "events=", "events=chat_started&events=chat_ended" })
            (await service.GetAsync($"{Paths.Stream}?{query}", service.Tenant)).ShouldRefuse("events");
        (await service.GetAsync($"{Paths.Stream}?profile_id=1", service.Tenant)).ShouldRefuse("profile_id");
    }
}
