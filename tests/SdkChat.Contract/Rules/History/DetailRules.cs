using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.History;

/// <summary>Section 3: the detail.</summary>
internal static class DetailRules
{
    public static readonly string[] Members =
    [
        "chat_id", "profile_id", "profile_session_id", "profile_summary", "prompt", "status", "back_list_status", "todos",
        "recommended_items", "notification_items", "last_error", "created_at", "updated_at", "ended_at",
    ];

    public static readonly string[] Lists = ["todos", "recommended_items", "notification_items"];

    [Rule("3.detail-members", "A detail has these members in this order; the three item lists are arrays.", Needs.Tenant)]
    public static async Task DetailMembers(Service service)
    {
        var answer = await SomeAsync(service);
        answer.Expect(
            answer.Data().Members().SequenceEqual(Members), string.Join(", ", Members), string.Join(", ", answer.Data().Members()));
        foreach (var list in Lists)
            answer.Expect(
                answer.Data().GetProperty(list).ValueKind == System.Text.Json.JsonValueKind.Array, $"{list} as an array",
                answer.Data().Raw(list));
    }

    [Rule("3.detail-is-the-row", "A detail says what the list says.", Needs.Tenant)]
    public static async Task IsTheRow(Service service)
    {
        foreach (var row in (await (await service.History.ShelfAsync()).TenantPageAsync("size=7")).Items())
        {
            var answer = await service.GetAsync(Paths.Detail(row.Id()), service.Tenant);
            // What changes by itself may have changed in between.
            foreach (var member
                in row.Text("status") == "in_progress" ? ["chat_id", "profile_id", "prompt", "created_at"] : ListRules.Members)
                answer.Expect(
                    answer.Data().Raw(member) == row.Raw(member), $"{member} {row.Raw(member)} as in the list", answer.Data().Raw(member));
        }
    }

    [Rule("3.empty-until-result", "The item lists are [] until there is a result.", Needs.Shopper)]
    public static async Task EmptyLists(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.StartAsync();
        await shopper.EndAsync(chat);
        var answer = await shopper.DetailAsync(chat);
        foreach (var list in Lists)
            answer.Expect(answer.Data().Raw(list) == "[]", $"{list} []", answer.Data().Raw(list));
        answer.Expect(
            answer.Data().Text("back_list_status") == "not_started", "back_list_status not_started", answer.Data().Raw("back_list_status"));
    }

    [Rule("3.verbatim", "Items are sent as they came, each value to the byte: 1.0E2 stays 1.0E2.", Needs.Shopper)]
    public static async Task Verbatim(Service service)
    {
        const string Items = """[{"n":1.0E2,"m":-0.0,"z":1,"a":12345678901234567890.10,"e":"\u00e9\/","n2":null},[],"x"]""";
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.CompleteAsync();
        var before = (await shopper.DetailAsync(chat)).Data();
        (await shopper.TriggerWithAsync(chat, Items)).Data();
        var answer = await shopper.DetailAsync(chat);
        answer.Expect(answer.Data().Raw("notification_items") == Items, Items, answer.Data().Raw("notification_items"));
        foreach (var list in Lists.Take(2))
            answer.Expect(answer.Data().Raw(list) == before.Raw(list), $"{list} as before", answer.Data().Raw(list));
    }

    [Rule("3.etag", "A detail has a weak ETag, and If-None-Match gives 304.", Needs.Tenant)]
    public static async Task ETag(Service service)
    {
        var answer = await SomeAsync(service);
        var tag = answer.Header("ETag");
        answer.Data();
        answer.Expect(tag.StartsWith("W/\"", StringComparison.Ordinal), "a weak ETag", $"'{tag}'");
        var path = Paths.Detail(answer.Data().Id());
        foreach (var known in new[] { tag, $"\"other\", {tag}", tag[2..] })
        {
            var same = (await service.GetAsync(path, service.Tenant, ("If-None-Match", known))).ShouldBe(304);
            same.Expect(
                same.Body.Length == 0 && same.Header("ETag") == tag, $"no body, and ETag {tag}",
                $"{same.Body.Length} bytes, ETag '{same.Header("ETag")}'");
        }

        (await service.GetAsync(path, service.Tenant, ("If-None-Match", "W/\"other\""))).Data();
    }

    [Rule("3.etag-covers-all", "The ETag is over all that the body shows: status, items, end and summary.", Needs.Shopper)]
    public static async Task ETagCovers(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chat = await shopper.StartAsync();
        var tags = new List<string>();
        async Task NoteAsync(string after)
        {
            var answer = await shopper.DetailAsync(chat);
            answer.Expect(!tags.Contains(answer.Header("ETag")), $"another ETag after {after}", answer.Header("ETag"));
            tags.Add(answer.Header("ETag"));
        }

        await NoteAsync("the kickoff");
        await shopper.CompletedAsync(chat);
        await NoteAsync("the result");
        await shopper.TriggerWithAsync(chat, """[{"id":"new"}]""");
        await NoteAsync("other items");
        await shopper.SendAsync("PUT", Paths.Profile(shopper.Profile), """{"name":"Another Name"}""");
        await NoteAsync("another name in the profile");
        await shopper.EndAsync(chat);
        await NoteAsync("the end");
    }

    [Rule("3.detail-unknown", "A chat that does not exist is 404 CHAT_NOT_FOUND, a malformed id 400 naming chat_id.", Needs.Tenant)]
    public static async Task Unknown(Service service)
    {
        (await service.GetAsync(Paths.Detail(Paths.Nobody), service.Tenant)).ShouldFail(404, "CHAT_NOT_FOUND");
        (await service.GetAsync(Paths.Detail("not-a-uuid"), service.Tenant)).ShouldRefuse("chat_id");
    }

    private static async Task<Answer> SomeAsync(Service service) =>
        await service.GetAsync(Paths.Detail((await service.History.SomeRowAsync()).Id()), service.Tenant);
}
