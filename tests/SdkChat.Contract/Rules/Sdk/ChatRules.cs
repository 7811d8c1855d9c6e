using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Rules.History;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Sdk;

/// <summary>Section 5: kickoff, poll, history, end.</summary>
internal static class ChatRules
{
    /// <summary>The detail less profile_summary and profile_session_id.</summary>
    private static readonly string[] Polled = [.. DetailRules.Members.Except(["profile_summary", "profile_session_id"])];

    [Rule("5.kickoff", "Kickoff is 202 {chat_id, profile_id, status}, in progress; the chat remembers the active session.", Needs.Shopper)]
    public static async Task Kickoff(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var session = (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "start"))).Data().Text("session_id");
        var answer = await shopper.AskAsync();
        var data = answer.Data(202);
        answer.Expect(data.Members().SequenceEqual(["chat_id", "profile_id", "status"]), "chat_id, profile_id, status", answer.Text);
        answer.Expect(
            data.Text("profile_id") == shopper.Profile && data.Text("status") == "in_progress", $"{shopper.Profile}, in_progress",
            answer.Text);
        var detail = await shopper.DetailAsync(data.Id());
        detail.Expect(
            detail.Data().Text("profile_session_id") == session, $"profile_session_id {session}", detail.Data().Raw("profile_session_id"));
        (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "end"))).Data();
        var without = await shopper.DetailAsync(await shopper.StartAsync());
        without.Expect(
            without.Data().Raw("profile_session_id") == "null", "profile_session_id null without a session",
            without.Data().Raw("profile_session_id"));
    }

    [Rule("5.prompt", "A prompt is 1 to 4,000 characters after trimming, without U+0000.", Needs.Shopper)]
    public static async Task Prompt(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        foreach (var bad in new[] { "", "   ", "\n\t", new string('x', 4001), "a\0b" })
            (await shopper.AskAsync(bad)).ShouldRefuse("prompt");
        (await shopper.SendAsync("POST", Paths.Chats(shopper.Profile), "{}")).ShouldRefuse("prompt");
        (await shopper.AskAsync(" " + new string('가', 4000) + "\n")).Data(202);
        var trimmed = await shopper.DetailAsync((await shopper.AskAsync("  Dinner ideas?\n")).Data(202).Id());
        trimmed.Expect(trimmed.Data().Text("prompt") == "Dinner ideas?", "the prompt trimmed", trimmed.Data().Raw("prompt"));
    }

    [Rule("5.poll", "A poll is the detail less profile_summary and profile_session_id.", Needs.Shopper)]
    public static async Task Poll(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        var (polled, detail) = (await shopper.PollAsync(chat), (await shopper.DetailAsync(chat)).Data());
        polled.Expect(polled.Data().Members().SequenceEqual(Polled), string.Join(", ", Polled), string.Join(", ", polled.Data().Members()));
        foreach (var member in Polled)
            polled.Expect(
                polled.Data().Raw(member) == detail.Raw(member), $"{member} {detail.Raw(member)} as in the detail",
                polled.Data().Raw(member));
        (await shopper.PollAsync(Paths.Nobody)).ShouldFail(404, "CHAT_NOT_FOUND");
    }

    [Rule("5.history", "A profile's history is the list shape with its chats alone, paged and linked.", Needs.Shopper)]
    public static async Task History(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        var answer = await service.GetAsync(Paths.Chats(shelf.Profile!) + "?size=100", service.Key);
        ListRules.ShouldBePage(answer, ListRules.Members);
        var tenants = (await shelf.TenantPageAsync("size=100")).Ids();
        answer.Expect(
            answer.Data().Ids().SequenceEqual(tenants), $"what the tenant's list shows of the profile: {string.Join(", ", tenants)}",
            string.Join(", ", answer.Data().Ids()));
        var page = await service.GetAsync(Paths.Chats(shelf.Profile!) + "?size=2&page=1", service.Key);
        page.Expect(
            page.Data().Ids().SequenceEqual(tenants.Skip(2).Take(2)), string.Join(", ", tenants.Skip(2).Take(2)),
            string.Join(", ", page.Data().Ids()));
        page.Expect(page.Header("Link").Contains("rel=\"next\"", StringComparison.Ordinal), "a link next", $"Link: {page.Header("Link")}");
    }

    [Rule("5.end", "DELETE ends the chat and answers the poll shape; again: the same answer.", Needs.Shopper)]
    public static async Task End(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.StartAsync();
        var first = await shopper.EndAsync(chat);
        first.Expect(first.Data().Members().SequenceEqual(Polled), string.Join(", ", Polled), string.Join(", ", first.Data().Members()));
        var again = await shopper.EndAsync(chat);
        again.Data();
        again.Expect(again.Text == first.Text, $"the same answer: {first.Text}", again.Text);
        (await shopper.EndAsync(Paths.Nobody)).ShouldFail(404, "CHAT_NOT_FOUND");
    }

    [Rule("5.demo-items", "The demo's items have the contract's members, with x and y from 0 to 1.", Needs.Shopper | Needs.DemoPipeline)]
    public static async Task DemoItems(Service service)
    {
        foreach (var locale in new[] { "ko", "en", "ja" })
        {
            var shopper = await Shopper.ArriveAsync(service, $$"""{"locale":"{{locale}}"}""");
            var answer = await shopper.DetailAsync(await shopper.CompleteAsync());
            ShouldHave(answer, "todos", "id", "text", "quantity");
            ShouldHave(answer, "recommended_items", "id", "name", "section", "price", "currency", "reason");
            ShouldHave(answer, "notification_items", "id", "title", "message", "product_id", "position");
            foreach (var item in answer.Data().GetProperty("recommended_items").EnumerateArray())
                answer.Expect(
                    item.GetProperty("reason").Members().SequenceEqual(["ko", "en", "ja"]), "reason in ko, en, ja", item.Raw("reason"));
            foreach (var position
                in answer.Data().GetProperty("notification_items").EnumerateArray().Select(item => item.GetProperty("position")))
                answer.Expect(
                    position.GetProperty("x").GetDouble() is >= 0 and <= 1 && position.GetProperty("y").GetDouble() is >= 0 and <= 1,
                    "x and y from 0 to 1", position.GetRawText());
        }
    }

    private static void ShouldHave(Answer answer, string list, params string[] members)
    {
        var items = answer.Data().GetProperty(list).EnumerateArray().ToArray();
        answer.Expect(
            items.Length > 0 && items.All(item => item.Members().SequenceEqual(members)), $"{list} of {string.Join(", ", members)}",
            answer.Data().Raw(list));
    }
}
