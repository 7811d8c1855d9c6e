using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>docs/api.md: shoppers, as admins read them.</summary>
internal static class ProfileHistoryRules
{
    [Rule(
        "8.profile-history",
        "Admins read a shopper's profile with its sessions, newest first, and their stamps; the backoffice reads the same.",
        Needs.Shopper | Needs.Admin)]
    public static async Task History(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        foreach (var stamp in new[] { "FIRST_VISIT", "SECOND_VISIT" })
        {
            (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "start"))).Data();
            (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "stamp"), $$"""{"status":"{{stamp}}"}""")).Data();
            (await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "end"))).Data();
        }

        var answer = await service.GetAsync(Paths.ProfileHistory(shopper.Profile), service.Tenant);
        var stamps = answer.Data().GetProperty("sessions").EnumerateArray()
            .SelectMany(session => session.GetProperty("stamps").EnumerateArray()).Select(stamp => stamp.Text("status")).ToArray();
        answer.Expect(stamps.SequenceEqual(["SECOND_VISIT", "FIRST_VISIT"]), "SECOND_VISIT, FIRST_VISIT", string.Join(", ", stamps));
        var theirs = await service.GetAsync(Paths.AdminProfileHistory(shopper.Profile), service.Admin);
        var expected = $"{{\"tenant_id\":\"{service.TenantId()}\",{answer.Data().GetRawText()[1..]}";
        theirs.Expect(theirs.Data().GetRawText() == expected, expected, theirs.Text);
    }

    [Rule("8.profile-history-unknown", "A shopper that does not exist, or is another tenant's, is 404 PROFILE_NOT_FOUND.", Needs.Tenant)]
    public static async Task Unknown(Service service) =>
        (await service.GetAsync(Paths.ProfileHistory(Paths.Nobody), service.Tenant)).ShouldFail(404, "PROFILE_NOT_FOUND");
}
