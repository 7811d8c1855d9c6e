using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.9: limits of documents.</summary>
internal static class LimitRules
{
    /// <summary>Twenty bytes that stand for 262,144 digits.</summary>
    private const string LongNumbers = "[1e131071,1e131071]";

    [Rule(
        "8.document-limit",
        "A profile document is at most 256 KiB, numbers written out and over all merges: beyond it 413, and nothing is stored.",
        Needs.Shopper)]
    public static async Task Document(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service, "{}");
        var path = Paths.Profile(shopper.Profile);
        (await shopper.SendAsync("POST", Paths.Profiles, $$"""{"a":{{LongNumbers}}}""")).ShouldFail(413, "PAYLOAD_TOO_LARGE");
        (await shopper.SendAsync("PUT", path, $$"""{"a":{{LongNumbers}}}""")).ShouldFail(413, "PAYLOAD_TOO_LARGE");
        for (var n = 1; n <= 4; n++)
            (await shopper.SendAsync("PUT", path, Member(n))).Data();
        (await shopper.SendAsync("PUT", path, Member(5))).ShouldFail(413, "PAYLOAD_TOO_LARGE");

        var read = await shopper.SendAsync("GET", path);
        var members = read.Data().GetProperty("data").Members().Order(StringComparer.Ordinal).ToArray();
        if (!members.SequenceEqual(["m1", "m2", "m3", "m4"]))
            throw new RuleBrokenException("the members m1 to m4", string.Join(", ", members));
    }

    [Rule("8.items-limit", "The same limit counts for the notification_items of a trigger.", Needs.Shopper)]
    public static async Task Items(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        (await shopper.TriggerWithAsync(chat, LongNumbers)).ShouldFail(413, "PAYLOAD_TOO_LARGE");
        (await shopper.TriggerWithAsync(chat, "[1e131071]")).Data();
    }

    private static string Member(int number) => $$"""{"m{{number}}":"{{new string('x', 60_000)}}"}""";
}
