using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Conventions;

/// <summary>Section 2: ids and instants.</summary>
internal static partial class ValueRules
{
    private static readonly string[] Instants = ["created_at", "updated_at", "ended_at"];

    [Rule("2.ids", "Ids are lower-case UUIDs.", Needs.Tenant)]
    public static async Task Ids(Service service)
    {
        foreach (var (answer, row) in await RowsAsync(service))
        {
            foreach (var member in new[] { "chat_id", "profile_id" })
                answer.Expect(Uuid().IsMatch(row.Text(member) ?? ""), $"{member} as a lower-case UUID", row.Raw(member));
        }
    }

    [Rule("2.new-ids", "New ids are UUIDs of version 7.", Needs.Shopper)]
    public static async Task NewIds(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.AskAsync();
        var session = await shopper.SendAsync("POST", Paths.Session(shopper.Profile, "start"));
        foreach (var id in new[] { shopper.Profile, chat.Data(202).Id(), session.Data().Text("session_id")! })
            chat.Expect(Uuid().IsMatch(id) && id[14] == '7', "a UUID of version 7", id);
    }

    [Rule("2.instants", "Instants are UTC with Z, and have three digits of a second's fraction or none where it is zero.", Needs.Tenant)]
    public static async Task InstantForm(Service service)
    {
        foreach (var (answer, row) in await RowsAsync(service))
        {
            foreach (var member in Instants.Where(name => row.GetProperty(name).ValueKind != JsonValueKind.Null))
                answer.Expect(
                    Instant().IsMatch(row.Text(member) ?? ""), $"{member} such as 2026-04-23T05:28:08Z or …08.250Z", row.Raw(member));
        }
    }

    private static async Task<IReadOnlyList<(Answer Answer, JsonElement Row)>> RowsAsync(Service service)
    {
        var own = await (await service.History.ShelfAsync()).TenantAsync("size=100");
        var all = await service.GetAsync(Paths.List + "?size=100", service.Tenant);
        return [.. own.Data().Items().Select(row => (own, row)), .. all.Data().Items().Select(row => (all, row))];
    }

    [GeneratedRegex("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000)\d{3})?Z$")]
    private static partial Regex Instant();
}
