using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Rules.Conventions;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.1: <c>q</c>.</summary>
internal static class SearchRules
{
    private const string Absent = "zq7xw쀍鱻";

    [Rule("8.search", "q finds a substring of the prompt or the name, whatever its case and width.", Needs.Tenant)]
    public static async Task Search(Service service)
    {
        var row = await service.History.SomeRowAsync();
        foreach (var text in new[] { row.Text("prompt"), row.GetProperty("profile_summary").Text("name") })
        {
            if (Word(text) is not { } word)
                continue;
            foreach (var (query, plain) in new[]
            {
                (word, word), (word[1..], word[1..]), (word.ToUpperInvariant(), word), (Wide(word), word),
            })
            {
                var answer = await SearchAsync(service, query, row);
                answer.Expect(
                    answer.Data().Ids().Contains(row.Id()), $"{row.Id()}, which has {text}", string.Join(", ", answer.Data().Ids()));
                answer.Expect(answer.Data().Items().All(found => Contains(found, plain)), $"rows that have {plain}", answer.Text);
            }
        }
    }

    [Rule("8.search-words", "Several words must all occur; what occurs nowhere finds nothing.", Needs.Tenant)]
    public static async Task Words(Service service)
    {
        var row = await service.History.SomeRowAsync();
        if (Word(row.Text("prompt")) is { } word)
        {
            foreach (var query in new[] { Absent, $"{word} {Absent}", $"{Absent} {word}" })
            {
                var answer = await SearchAsync(service, query, row);
                answer.Expect(answer.Data().Items().Length == 0 && answer.Data().Number("total") == 0, "no row, and total 0", answer.Text);
            }
        }
    }

    [Rule("8.search-id", "The id of a chat or of a profile finds exactly that.", Needs.Tenant)]
    public static async Task Id(Service service)
    {
        var row = await service.History.SomeRowAsync();
        var chat = await SearchAsync(service, row.Id(), row);
        chat.Expect(chat.Data().Ids().SequenceEqual([row.Id()]), row.Id(), string.Join(", ", chat.Data().Ids()));
        var profile = row.Text("profile_id")!;
        var ofProfile = await service.GetAsync($"{Paths.List}?q={profile}&size=100", service.Tenant);
        ofProfile.Expect(
            ofProfile.Data().Items().Length > 0 && ofProfile.Data().Items().All(found => found.Text("profile_id") == profile),
            $"rows of {profile} alone", ofProfile.Text);
        var none = await service.GetAsync($"{Paths.List}?q={Paths.Nobody}", service.Tenant);
        none.Expect(none.Data().Number("total") == 0, "total 0", none.Text);
    }

    [Rule("8.search-refused", "q has 1 to 100 characters and is given once; else 400 naming it.", Needs.Tenant)]
    public static async Task Refused(Service service)
    {
        foreach (var query in new[] { "q=", "q=%20", $"q={new string('a', 101)}", "q=a%00", "q=a&q=b" })
            (await service.GetAsync($"{Paths.List}?{query}", service.Tenant)).ShouldRefuse("q");
        (await service.GetAsync($"{Paths.List}?q={string.Concat(Enumerable.Repeat("%F0%9F%8D%9C", 100))}", service.Tenant)).Data();
    }

    [Rule("8.search-links", "Link carries q, and total counts its matches.", Needs.Tenant)]
    public static async Task Links(Service service)
    {
        var row = await service.History.SomeRowAsync();
        var answer = await service.GetAsync($"{Paths.List}?q={row.Text("profile_id")}&size=1", service.Tenant);
        foreach (var (relation, target) in PageLinks.Parse(answer))
            answer.Expect(
                target.Contains($"q={row.Text("profile_id")}", StringComparison.Ordinal), $"a link {relation} that keeps q", target);
        var total = answer.Data().Number("total");
        var all = await service.GetAsync($"{Paths.List}?q={row.Text("profile_id")}&size=100", service.Tenant);
        var counted = all.Data().Items().Length;
        all.Expect(counted == 100 ? total >= 100 : total == counted, $"total {counted}", $"total {total}");
    }

    [Rule("8.search-total", "Where counting is cut off, total_is_lower_bound is true and total at least 1,000; else it is absent.",
        Needs.Tenant)]
    public static async Task Total(Service service)
    {
        foreach (var query in new[] { "e", "a", "은", "の" })
        {
            var answer = await service.GetAsync($"{Paths.List}?q={Uri.EscapeDataString(query)}&size=1", service.Tenant);
            var page = answer.Data();
            if (page.TryGetProperty("total_is_lower_bound", out var isLowerBound))
                answer.Expect(
                    isLowerBound.ValueKind == JsonValueKind.True && page.Number("total") >= 1000, "true, and a total of at least 1,000",
                    answer.Text);
        }
    }

    private static Task<Answer> SearchAsync(Service service, string query, JsonElement row) =>
        service.GetAsync($"{Paths.List}?q={Uri.EscapeDataString(query)}&profile_id={row.Text("profile_id")}&size=100", service.Tenant);

    private static string? Word(string? text) =>
        text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.Length is > 1 and < 40);

    private static string Wide(string word) =>
        string.Concat(word.Select(letter => letter is > ' ' and < '\x7f' ? (char)(letter + 0xfee0) : letter));

    private static bool Contains(JsonElement row, string word) =>
        string.Join('\n', row.Text("prompt"), row.Text("last_error"), row.GetProperty("profile_summary").Text("name"))
            .Contains(word, StringComparison.OrdinalIgnoreCase);
}
