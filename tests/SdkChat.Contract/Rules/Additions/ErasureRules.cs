using System.Text;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>docs/api.md: the backoffice erases a person.</summary>
internal static class ErasureRules
{
    [Rule("8.erasures", "A person is erased once, with the name or the id typed in; without it nothing is erased.",
        Needs.Shopper | Needs.Admin)]
    public static async Task Erasures(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        await shopper.StartAsync();
        foreach (var confirm in new[] { "", "nobody", Paths.Nobody })
            (await EraseAsync(service, service.TenantId(), shopper.Profile, confirm)).ShouldRefuse("confirm");
        (await service.GetAsync(Paths.ProfileHistory(shopper.Profile), service.Tenant)).Data();
        (await EraseAsync(service, Paths.Nobody, shopper.Profile, shopper.Profile)).ShouldFail(404, "TENANT_NOT_FOUND");

        var first = await EraseAsync(service, service.TenantId(), shopper.Profile, shopper.Profile);
        var erased = first.Data();
        string[] members = ["profile_id", "erasure_id", "erased_at", "chats", "sessions"];
        first.Expect(erased.Members().SequenceEqual(members), string.Join(", ", members), first.Text);
        first.Expect(
            erased.GetProperty("chats").GetInt32() == 1 && erased.Text("erasure_id") is not null, "one chat, and a record", first.Text);
        (await service.GetAsync(Paths.ProfileHistory(shopper.Profile), service.Tenant)).ShouldFail(404, "PROFILE_NOT_FOUND");

        var second = await EraseAsync(service, service.TenantId(), shopper.Profile, shopper.Profile);
        second.Expect(second.Data().GetProperty("erasure_id").ValueKind == JsonValueKind.Null, "no second record", second.Text);
    }

    private static Task<Answer> EraseAsync(Service service, string tenant, string profile, string confirm) =>
        service.SendAsync(new Call("POST", Paths.ErasuresOf(tenant), service.Admin)
        {
            Body = Encoding.UTF8.GetBytes($$"""{"profile_id":"{{profile}}","confirm":"{{confirm}}"}"""),
        });
}
