using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.8: stamps of sessions.</summary>
internal static class StampRules
{
    [Rule("8.stamp", "A stamp answers {session_id, profile_id, status, stamped_at}; session/end answers the stamps of the session besides.",
        Needs.Shopper)]
    public static async Task Stamp(Service service)
    {
        const string Meta = """{"n":1.0E2,"z":null}""";
        var shopper = await Shopper.ArriveAsync(service);
        var started = (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "start"))).Data();
        var stamped = await StampAsync(shopper, $$"""{"status":"ENTERED_STORE_1","meta":{{Meta}}}""");
        stamped.Expect(
            stamped.Data().Members().SequenceEqual(["session_id", "profile_id", "status", "stamped_at"]),
            "session_id, profile_id, status, stamped_at", stamped.Text);
        stamped.Expect(
            stamped.Data().Text("session_id") == started.Text("session_id") && stamped.Data().Text("status") == "ENTERED_STORE_1",
            "the active session and the status", stamped.Text);
        (await StampAsync(shopper, """{"status":"LEFT"}""")).Data();

        var ended = await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "end"));
        var expected =
            $$"""[{"status":"ENTERED_STORE_1","meta":{{Meta}},"stamped_at":"{{stamped.Data().Text("stamped_at")}}"},{"status":"LEFT",""";
        ended.Expect(ended.Text.Contains("\"stamps\":" + expected, StringComparison.Ordinal), expected, ended.Text);
    }

    [Rule("8.stamp-without-session", "A stamp without an active session is 409 NO_ACTIVE_SESSION.", Needs.Shopper)]
    public static async Task WithoutSession(Service service) =>
        (await StampAsync(await Shopper.ArriveAsync(service), """{"status":"LOST"}""")).ShouldFail(409, "NO_ACTIVE_SESSION");

    [Rule("8.stamp-limits", "status has 1 to 40 characters A-Z0-9_, meta is a JSON object up to 4 KiB.", Needs.Shopper)]
    public static async Task Limits(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "start"))).Data();
        (await StampAsync(shopper, $$$"""{"status":"{{{new string('A', 40)}}}","meta":{"m":"{{{new string('x', 4000)}}}"}}""")).Data();
        foreach (var status in new[] { "", "lower", "A B", new string('A', 41) })
            (await StampAsync(shopper, $$"""{"status":"{{status}}"}""")).ShouldRefuse("status");
        foreach (var meta in new[] { "[]", "1", $$"""{"m":"{{new string('x', 4100)}}"}""" })
            (await StampAsync(shopper, $$"""{"status":"A","meta":{{meta}}}""")).ShouldRefuse("meta");
    }

    private static Task<Answer> StampAsync(Shopper shopper, string body) =>
        shopper.SendAsync("POST", Paths.Session(shopper.Profile, "stamp"), body);
}
