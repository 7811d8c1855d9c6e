using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Live;

/// <summary>Section 6: who gets which event, and what it says.</summary>
internal static class EventRules
{
    [Rule("6.chat-completed-data", "chat_completed says {\"profile_id\",\"chat_id\"} and nothing else.", Needs.Shopper)]
    public static async Task CompletedData(Service service)
    {
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.CompleteAsync();
        var block = await live.UntilAsync(
            candidate => candidate.Event == "chat_completed" && candidate.Chat == chat, $"chat_completed of {chat}");
        var expected = $$"""{"profile_id":"{{shopper.Profile}}","chat_id":"{{chat}}"}""";
        live.Expect(block.Data == expected, expected, block.Data ?? "no data");
        live.Expect(
            block.Raw.Split('\n')
                .All(line => line.StartsWith("event:", StringComparison.Ordinal) || line.StartsWith("data:", StringComparison.Ordinal)),
            "event and data, nothing else", block.Raw);
    }

    [Rule(
        "6.backlist-triggered-data", "backlist_triggered says {\"profile_id\",\"chat_id\",\"notification_items\"}, the items to the byte.",
        Needs.Shopper)]
    public static async Task TriggeredData(Service service)
    {
        const string Items = """[{"n":1.0E2,"message":"\u00fcdon","z":null},{"a":[]}]""";
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.CompleteAsync();
        (await shopper.TriggerWithAsync(chat, Items)).Data();
        var block = await live.UntilAsync(
            candidate => candidate.Event == "backlist_triggered" && candidate.Chat == chat, $"backlist_triggered of {chat}");
        var expected = $$"""{"profile_id":"{{shopper.Profile}}","chat_id":"{{chat}}","notification_items":{{Items}}}""";
        live.Expect(block.Data == expected, expected, block.Data ?? "no data");
    }

    [Rule("6.live-only", "Nothing is kept for who is not connected; Last-Event-ID is ignored.", Needs.Shopper)]
    public static async Task LiveOnly(Service service)
    {
        var (watching, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var past = await shopper.CompleteAsync();
        await watching.UntilAsync(block => block.Chat == past, $"chat_completed of {past}");
        await using var live = await service.ReadyAsync(service.Tenant, ("Last-Event-ID", "1"));
        (await shopper.TriggerWithAsync(past, """[{"after":"ready"}]""")).Data();
        await live.UntilAsync(block => block.Event == "backlist_triggered" && block.Chat == past, "the trigger after ready");
        var older = live.Events.Count(block => block.Event == "chat_completed" && block.Chat == past);
        live.Expect(older == 0, "nothing from before ready", "chat_completed from before");
    }

    [Rule("6.every-stream", "Every connected stream of the tenant gets every event.", Needs.Shopper)]
    public static async Task EveryStream(Service service)
    {
        await using var first = await service.ReadyAsync(service.Tenant);
        await using var second = await service.ReadyAsync(service.Tenant);
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        (await shopper.TriggerWithAsync(chat, """[{"to":"both"}]""")).Data();
        foreach (var live in new[] { first, second })
        {
            await live.UntilAsync(block => block.Event == "chat_completed" && block.Chat == chat, $"chat_completed of {chat}");
            await live.UntilAsync(block => block.Event == "backlist_triggered" && block.Chat == chat, $"backlist_triggered of {chat}");
        }
    }

    [Rule("6.isolation", "No stream gets another tenant's event.", Needs.Shopper | Needs.OtherTenant | Needs.OtherKey)]
    public static async Task Isolation(Service service)
    {
        var live = await service.LiveAsync();
        await using var theirs = await service.ReadyAsync(service.Means.OtherTenant!);
        var (shopper, stranger) = (await Shopper.ArriveAsync(service), await Shopper.ArriveAsync(service, key: service.Means.OtherKey));
        var (ours, others) = (await shopper.CompleteAsync(), await stranger.CompleteAsync());
        // Each stream's own event comes last, so that whatever should not have come before it has had its time.
        var (ourLast, theirLast) = (await shopper.CompleteAsync(), await stranger.CompleteAsync());
        await live.UntilAsync(block => block.Chat == ourLast, $"chat_completed of {ourLast}");
        await theirs.UntilAsync(block => block.Chat == theirLast, $"chat_completed of {theirLast}");
        live.Expect(live.Events.All(block => block.Chat != others), $"nothing of {others} of another tenant", "an event of it");
        theirs.Expect(theirs.Events.All(block => block.Chat != ours), $"nothing of {ours} of another tenant", "an event of it");
    }

    [Rule("6.order", "The events of one chat arrive in commit order.", Needs.Shopper)]
    public static async Task Order(Service service)
    {
        const int Triggers = 8;
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.CompleteAsync();
        for (var i = 0; i < Triggers; i++)
            (await shopper.TriggerWithAsync(chat, $$"""[{"number":{{i}}}]""")).Data();
        await live.UntilAsync(
            block => block.Chat == chat && block.Raw.Contains($"\"number\":{Triggers - 1}", StringComparison.Ordinal), "the last trigger");
        var came = live.Events.Where(block => block.Chat == chat).Select(Number).ToArray();
        live.Expect(
            came.SequenceEqual(Enumerable.Range(-1, Triggers + 1).Select(number => (long)number)),
            "chat_completed, then the triggers 0 to 7", string.Join(", ", came));
    }

    [Rule("6.none-twice", "No event comes twice on a stream.", Needs.Shopper)]
    public static async Task NoneTwice(Service service)
    {
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.CompleteAsync();
        foreach (var name in new[] { "one", "two", "three" })
            (await shopper.TriggerWithAsync(chat, $$"""[{"{{name}}":1}]""")).Data();
        await live.UntilAsync(block => block.Chat == chat && block.Raw.Contains("three", StringComparison.Ordinal), "the last trigger");
        var twice = live.Events.Where(block => block.Chat == chat).GroupBy(block => block.Raw).FirstOrDefault(same => same.Count() > 1);
        live.Expect(twice is null, "each event once", $"{twice?.Count()} times {twice?.Key}");
    }

    /// <summary>A trigger's number; -1 for the completion.</summary>
    private static long Number(LiveBlock block) =>
        block.Event == "chat_completed" ? -1 : block.Json!.Value.GetProperty("notification_items")[0].Number("number");
}
