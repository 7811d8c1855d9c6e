using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.2: timelines.</summary>
internal static class TimelineRules
{
    private const string Items = """[{"n":1.0E2,"message":"\u00fcdon"},null]""";

    [Rule("8.timeline", "A timeline lists what happened to a chat, oldest first, with the items of each trigger as they were sent.",
        Needs.Shopper)]
    public static async Task Timeline(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "start"))).Data();
        var chat = await shopper.CompleteAsync();
        (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "stamp"), """{"status":"AT_THE_SHELF"}""")).Data();
        (await shopper.TriggerWithAsync(chat, Items)).Data();
        (await shopper.EndAsync(chat)).Data();

        var answer = await service.GetAsync(Paths.Timeline(chat), service.Tenant);
        var types = answer.Data().GetProperty("items").EnumerateArray().Select(item => item.Text("type")).ToArray();
        string[] expected = ["started", "completed", "stamped", "backlist_triggered", "ended"];
        answer.Expect(types.SequenceEqual(expected), string.Join(", ", expected), string.Join(", ", types));
        answer.Expect(answer.Text.Contains("\"notification_items\":" + Items, StringComparison.Ordinal), Items, answer.Text);
    }

    [Rule("8.timeline-unknown", "The timeline of a chat that does not exist, or is another tenant's, is 404 CHAT_NOT_FOUND.", Needs.Tenant)]
    public static async Task Unknown(Service service) =>
        (await service.GetAsync(Paths.Timeline(Paths.Nobody), service.Tenant)).ShouldFail(404, "CHAT_NOT_FOUND");

    [Rule("8.timeline-backoffice", "The backoffice reads any tenant's timeline, the same as the tenant's.", Needs.Shopper | Needs.Admin)]
    public static async Task Backoffice(Service service)
    {
        var chat = await (await Shopper.ArriveAsync(service)).CompleteAsync();
        var (ours, theirs) = (
            await service.GetAsync(Paths.Timeline(chat), service.Tenant), await service.GetAsync(Paths.AdminTimeline(chat), service.Admin));
        theirs.Expect(theirs.Data().GetRawText() == ours.Data().GetRawText(), ours.Text, theirs.Text);
    }
}
