using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Sdk;

/// <summary>Section 5: the back list.</summary>
internal static class TriggerRules
{
    [Rule(
        "5.trigger",
        "backlist-trigger answers {chat_id, profile_id, back_list_status, notification_items}: the stored items where none are sent.",
        Needs.Shopper)]
    public static async Task Trigger(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var stored = (await shopper.DetailAsync(await shopper.CompleteAsync())).Data();
        foreach (var body
            in new[] { $$"""{"chat_id":"{{stored.Id()}}"}""", "{}", $$"""{"chat_id":"{{stored.Id()}}","notification_items":null}""" })
        {
            var answer = await shopper.TriggerAsync(body);
            var data = answer.Data();
            answer.Expect(
                data.Members().SequenceEqual(["chat_id", "profile_id", "back_list_status", "notification_items"]),
                "chat_id, profile_id, back_list_status, notification_items", answer.Text);
            answer.Expect(
                data.Id() == stored.Id() && data.Text("profile_id") == shopper.Profile, $"chat {stored.Id()} of {shopper.Profile}",
                answer.Text);
            answer.Expect(
                data.Raw("notification_items") == stored.Raw("notification_items"), stored.Raw("notification_items"),
                data.Raw("notification_items"));
        }
    }

    [Rule("5.trigger-default", "chat_id defaults to the profile's newest completed chat that has not ended.", Needs.Shopper)]
    public static async Task Default(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        (await shopper.TriggerAsync("{}")).ShouldFail(409, "CHAT_NOT_COMPLETED");
        var (older, newer) = (await shopper.CompleteAsync(), await shopper.CompleteAsync());
        await shopper.StartAsync();
        var answer = await shopper.TriggerAsync("{}");
        answer.Expect(answer.Data().Id() == newer, $"chat {newer}", answer.Data().Raw("chat_id"));
        await shopper.EndAsync(newer);
        var next = await shopper.TriggerAsync("{}");
        next.Expect(next.Data().Id() == older, $"chat {older}, since {newer} has ended", next.Data().Raw("chat_id"));
    }

    [Rule("5.trigger-replaces", "notification_items, if sent, replaces the stored one; back_list_status stays as it is.", Needs.Shopper)]
    public static async Task Replaces(Service service)
    {
        const string Items = """[{"id":"n-1","title":"Udon is here"}]""";
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        var before = (await shopper.PollAsync(chat)).Data();
        var answer = await shopper.TriggerWithAsync(chat, Items);
        answer.Expect(answer.Data().Raw("notification_items") == Items, Items, answer.Data().Raw("notification_items"));
        answer.Expect(
            answer.Data().Raw("back_list_status") == before.Raw("back_list_status"), $"back_list_status {before.Raw("back_list_status")}",
            answer.Data().Raw("back_list_status"));
        var after = await shopper.PollAsync(chat);
        after.Expect(
            after.Data().Raw("notification_items") == Items && after.Data().Raw("todos") == before.Raw("todos"),
            $"{Items} stored, todos as before", after.Text);
        after.Expect(
            after.Data().Raw("back_list_status") == before.Raw("back_list_status") && after.Data().Text("status") == "completed",
            "both status as before", after.Text);
    }

    [Rule("5.trigger-items", "notification_items is an array of at most 200 entries.", Needs.Shopper)]
    public static async Task Items(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        foreach (var items in new[] { "{}", "1", "\"x\"", "[" + string.Join(',', Enumerable.Repeat("1", 201)) + "]" })
            (await shopper.TriggerWithAsync(chat, items)).ShouldRefuse("notification_items");
        (await shopper.TriggerWithAsync(chat, "[" + string.Join(',', Enumerable.Repeat("1", 200)) + "]")).Data();
        (await shopper.TriggerWithAsync(chat, "[]")).Data();
    }

    [Rule("5.trigger-refused", "A chat with no result is 409 CHAT_NOT_COMPLETED, an ended one 409 CHAT_ENDED, an unknown one 404.",
        Needs.Shopper)]
    public static async Task Refused(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var running = await shopper.StartAsync();
        (await shopper.TriggerWithAsync(running, "[]")).ShouldFail(409, "CHAT_NOT_COMPLETED");
        await shopper.EndAsync(running);
        (await shopper.TriggerWithAsync(running, "[]")).ShouldFail(409, "CHAT_ENDED");
        var ended = await shopper.CompleteAsync();
        await shopper.EndAsync(ended);
        (await shopper.TriggerWithAsync(ended, "[]")).ShouldFail(409, "CHAT_ENDED");
        (await shopper.TriggerWithAsync(Paths.Nobody, "[]")).ShouldFail(404, "CHAT_NOT_FOUND");
    }
}
