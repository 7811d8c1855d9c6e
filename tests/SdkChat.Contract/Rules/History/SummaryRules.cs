using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.History;

/// <summary>Section 3: what is shown of profiles.</summary>
internal static class SummaryRules
{
    [Rule("3.summary", "profile_summary is {name, gender, age, locale}: texts, a whole number, or null.", Needs.Tenant)]
    public static async Task Shape(Service service)
    {
        foreach (var answer in new[]
        {
            await (await service.History.ShelfAsync()).TenantAsync("size=100"),
            await service.GetAsync(Paths.List + "?size=100", service.Tenant),
        })
        {
            foreach (var summary in answer.Data().Items().Select(row => row.GetProperty("profile_summary")))
            {
                answer.Expect(
                    summary.Members().SequenceEqual(["name", "gender", "age", "locale"]), "name, gender, age, locale",
                    string.Join(", ", summary.Members()));
                foreach (var name in new[] { "name", "gender", "locale" })
                    answer.Expect(
                        summary.GetProperty(name).ValueKind is JsonValueKind.String or JsonValueKind.Null, $"{name} as a text or null",
                        summary.Raw(name));
                answer.Expect(
                    summary.GetProperty("age").ValueKind == JsonValueKind.Null || summary.GetProperty("age").TryGetInt32(out _),
                    "age as a whole number or null", summary.Raw("age"));
            }
        }
    }

    [Rule("3.summary-odd", "A missing or oddly typed member is null, \"32\" is 32, and no document makes a list fail.", Needs.Shopper)]
    public static async Task Odd(Service service)
    {
        foreach (var (document, summary) in new[]
        {
            (
                """{"name":"Sato Hanako","gender":"F","age":32,"locale":"ja"}""",
                """{"name":"Sato Hanako","gender":"F","age":32,"locale":"ja"}"""),
            ("""{"age":"32"}""", """{"name":null,"gender":null,"age":32,"locale":null}"""),
            ("""{"age":"old","name":7,"gender":{"x":1},"locale":["ja"]}""", """{"name":null,"gender":null,"age":null,"locale":null}"""),
            ("""{"age":1e400,"name":true}""", """{"name":null,"gender":null,"age":null,"locale":null}"""),
            ("{}", """{"name":null,"gender":null,"age":null,"locale":null}"""),
        })
        {
            var shopper = await Shopper.ArriveAsync(service, document);
            var chat = await shopper.StartAsync();
            var list = await service.GetAsync($"{Paths.List}?profile_id={shopper.Profile}", service.Tenant);
            var came = list.Data().Items() is [var row] ? row.GetProperty("profile_summary") : default;
            list.Expect(
                came.ValueKind == JsonValueKind.Object && JsonElement.DeepEquals(came, JsonElement.Parse(summary)),
                $"{summary} for {document}", came.ToString());
            var detail = (await shopper.DetailAsync(chat)).Data().GetProperty("profile_summary");
            list.Expect(JsonElement.DeepEquals(detail, came), "the same summary in the detail", detail.GetRawText());
        }
    }

    [Rule("3.summary-of-deleted", "A deleted profile still has its summary, and its chats.", Needs.Shopper)]
    public static async Task Deleted(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service, """{"name":"Kim Minji","age":41}""");
        var chat = await shopper.StartAsync();
        (await shopper.SendAsync("DELETE", Paths.Profile(shopper.Profile))).Data();
        var list = await service.GetAsync($"{Paths.List}?profile_id={shopper.Profile}", service.Tenant);
        list.Expect(
            list.Data().Items() is [var row] && row.Id() == chat && row.GetProperty("profile_summary").Text("name") == "Kim Minji",
            "the chat with its summary", list.Text);
        (await shopper.DetailAsync(chat)).Data();
    }
}
