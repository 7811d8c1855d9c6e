using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Live;

/// <summary>Section 6: a chat's way, and what the stream says of it.</summary>
internal static class LifecycleRules
{
    [Rule("6.completed", "A poll that finds the run completed completes the chat, and the stream says so.", Needs.Shopper)]
    public static async Task Completed(Service service)
    {
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.StartAsync();
        var started = (await shopper.DetailAsync(chat)).Data();
        var completed = await shopper.CompletedAsync(chat);
        var detail = await shopper.DetailAsync(chat);
        detail.Expect(
            detail.Data().Text("status") == "completed" && completed.Raw("ended_at") == "null", "completed, not ended", detail.Text);
        detail.Expect(
            detail.Data().Raw("created_at") == started.Raw("created_at"), $"created_at {started.Raw("created_at")}",
            detail.Data().Raw("created_at"));
        await live.UntilAsync(block => block.Event == "chat_completed" && block.Chat == chat, $"chat_completed of {chat}");
    }

    [Rule("6.completed-once", "However many polls race, one event leaves.", Needs.Shopper)]
    public static async Task CompletedOnce(Service service)
    {
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shopper.CompletedAsync(chat)));
        (await shopper.TriggerWithAsync(chat, """[{"after":"completion"}]""")).Data();
        await live.UntilAsync(block => block.Event == "backlist_triggered" && block.Chat == chat, "the trigger after it");
        var count = live.Events.Count(block => block.Event == "chat_completed" && block.Chat == chat);
        live.Expect(count == 1, $"one chat_completed of {chat}", $"{count}");
    }

    [Rule("6.ended-while-running", "DELETE of a chat in progress makes it ended, for good, with its instant; updated_at stays.",
        Needs.Shopper)]
    public static async Task EndedWhileRunning(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.StartAsync();
        var before = (await shopper.DetailAsync(chat)).Data();
        var ended = await shopper.EndAsync(chat);
        ended.Expect(
            ended.Data().Text("status") == "ended" && ended.Data().Text("ended_at") is not null, "ended, with ended_at", ended.Text);
        ended.Expect(
            ended.Data().Raw("updated_at") == before.Raw("updated_at"), $"updated_at {before.Raw("updated_at")}",
            ended.Data().Raw("updated_at"));
        var polled = await shopper.PollAsync(chat);
        polled.Expect(polled.Text == ended.Text, $"nothing changed by a poll: {ended.Text}", polled.Text);
    }

    [Rule("6.ended-when-completed", "DELETE of a completed chat sets ended_at and leaves status, result and updated_at.", Needs.Shopper)]
    public static async Task EndedWhenCompleted(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        var before = (await shopper.PollAsync(chat)).Data();
        var ended = await shopper.EndAsync(chat);
        ended.Expect(ended.Data().Text("ended_at") is not null, "ended_at", "null");
        foreach (var member in before.Members().Where(name => name != "ended_at"))
            ended.Expect(ended.Data().Raw(member) == before.Raw(member), $"{member} {before.Raw(member)}", ended.Data().Raw(member));
    }

    [Rule("6.swept", "A finished run whose app stopped polling is found within 30 s.", Needs.Shopper, IsLong = true)]
    public static async Task Swept(Service service)
    {
        // 30 s, and the run itself.
        var limit = TimeSpan.FromSeconds(35);
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.StartAsync();
        await live.UntilAsync(
            block => block.Event == "chat_completed" && block.Chat == chat, $"chat_completed of {chat}, which nobody polls", limit);
        var detail = await shopper.DetailAsync(chat);
        detail.Expect(detail.Data().Text("status") == "completed", "completed", detail.Data().Raw("status"));
    }

    [Rule("6.every-trigger", "Every accepted backlist-trigger leaves an event; a refused one leaves none.", Needs.Shopper)]
    public static async Task EveryTrigger(Service service)
    {
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var chat = await shopper.CompleteAsync();
        for (var i = 0; i < 2; i++)
            (await shopper.TriggerWithAsync(chat, """[{"same":"items"}]""")).Data();
        (await shopper.TriggerWithAsync(chat, """{"no":"array"}""")).ShouldFail(400, "VALIDATION_FAILED");
        (await shopper.TriggerWithAsync(chat, """[{"the":"last"}]""")).Data();
        await live.UntilAsync(block => block.Chat == chat && block.Raw.Contains("last", StringComparison.Ordinal), "the last trigger");
        var count = live.Events.Count(block => block.Event == "backlist_triggered" && block.Chat == chat);
        live.Expect(count == 3, "three events for three triggers", $"{count}");
    }

    [Rule(
        "6.not-on-the-wire",
        "Kickoff and DELETE leave no event; the stream knows ready, ping, chat_completed and backlist_triggered alone.", Needs.Shopper)]
    public static async Task NotOnTheWire(Service service)
    {
        var (live, shopper) = (await service.LiveAsync(), await Shopper.ArriveAsync(service));
        var ended = await shopper.StartAsync();
        await shopper.EndAsync(ended);
        var completed = await shopper.CompleteAsync();
        await shopper.EndAsync(completed);
        var last = await shopper.CompleteAsync();
        await live.UntilAsync(block => block.Chat == last, $"chat_completed of {last}");
        live.Expect(live.Events.All(block => block.Chat != ended), $"nothing of {ended}, which was started and ended", "an event of it");
        live.Expect(
            live.Events.Count(block => block.Chat == completed) == 1, $"of {completed} its completion alone",
            $"{live.Events.Count(block => block.Chat == completed)} events");
        var others = live.Events.Select(block => block.Event).Except(["ready", "ping", "chat_completed", "backlist_triggered"]).ToArray();
        live.Expect(others.Length == 0, "no other events", string.Join(", ", others));
    }
}
