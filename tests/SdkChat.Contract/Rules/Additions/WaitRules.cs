using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Reads of a chat that wait for a change (docs/api.md).</summary>
internal static class WaitRules
{
    [Rule("8.wait", "With Prefer: wait a conditional read of a chat is answered when the chat changes.", Needs.Shopper | Needs.Admin)]
    public static async Task Wait(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        foreach (var (path, caller) in new[]
        {
            (Paths.Detail(chat), service.Tenant), (Paths.AdminDetail(chat), service.Admin),
            (Paths.Chat(shopper.Profile, chat), service.Key),
        })
        {
            var before = await service.GetAsync(path, caller, ("Prefer", "wait=0"));
            before.Data();
            before.Expect(
                before.Header("Preference-Applied") == "wait=0", "Preference-Applied: wait=0", before.Header("Preference-Applied"));
            var tag = before.Header("ETag");
            before.Expect(tag.StartsWith("W/\"", StringComparison.Ordinal), "a weak ETag", $"'{tag}'");

            var waiting = service.GetAsync(path, caller, ("If-None-Match", tag), ("Prefer", "wait=20"));
            (await shopper.TriggerWithAsync(chat, $"[\"{Guid.NewGuid()}\"]")).Data();
            var changed = await waiting;
            changed.Data();
            changed.Expect(changed.Header("ETag") != tag, "another ETag", tag);
            changed.Expect(
                changed.Header("Preference-Applied") == "wait=20", "Preference-Applied: wait=20", changed.Header("Preference-Applied"));
        }
    }

    [Rule("8.wait-over", "Without a change the answer is 304 after that time; a malformed Prefer is ignored.", Needs.Shopper)]
    public static async Task WaitOver(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        var tag = (await shopper.DetailAsync(chat)).Header("ETag");
        var started = TimeProvider.System.GetTimestamp();
        var same = (await service.GetAsync(Paths.Detail(chat), service.Tenant, ("If-None-Match", tag), ("Prefer", "wait=1"))).ShouldBe(304);
        var took = TimeProvider.System.GetElapsedTime(started);
        same.Expect(took >= TimeSpan.FromSeconds(0.9), "an answer after a second", $"one after {took.TotalSeconds:F1} s");
        same.Expect(same.Header("Preference-Applied") == "wait=1", "Preference-Applied: wait=1", same.Header("Preference-Applied"));

        var poll = await service.GetAsync(Paths.Chat(shopper.Profile, chat), service.Key, ("If-None-Match", "*"), ("Prefer", "wait=soon"));
        poll.Data();
        poll.Expect(poll.Header("ETag").Length == 0, "a poll without an ETag", poll.Header("ETag"));
    }
}
