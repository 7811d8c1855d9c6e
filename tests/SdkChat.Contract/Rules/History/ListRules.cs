using System.Globalization;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Rules.History;

/// <summary>Section 3: the tenant's list.</summary>
internal static class ListRules
{
    public static readonly string[] Members =
        ["chat_id", "profile_id", "profile_summary", "prompt", "status", "last_error", "created_at", "updated_at", "ended_at"];
    public static readonly string[] PageMembers = ["items", "total", "page", "size"];
    public static readonly string[] Statuses = ["in_progress", "completed", "error", "ended"];

    [Rule("3.list-members", "Each item has these members in this order, and around them stand items, total, page, size.", Needs.Tenant)]
    public static async Task ListMembers(Service service)
    {
        var answer = await (await service.History.ShelfAsync()).TenantAsync("size=100");
        ShouldBePage(answer, Members);
    }

    [Rule("3.list-without-results", "Results never appear in a list.", Needs.Tenant)]
    public static async Task WithoutResults(Service service)
    {
        var answer = await (await service.History.ShelfAsync()).TenantAsync("size=100");
        foreach (var member
            in new[] { "pipeline_result", "todos", "recommended_items", "notification_items", "back_list_status", "result" })
            answer.Expect(
                answer.Data().Items().All(row => !row.TryGetProperty(member, out _)), $"no {member} in a list", $"{member} in a row");
    }

    [Rule("3.list-order", "Newest first: created_at descending, then chat_id descending.", Needs.Tenant)]
    public static async Task Order(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        foreach (var answer
            in new[] { await shelf.TenantAsync("size=100"), await service.GetAsync(Paths.List + "?size=100", service.Tenant) })
        {
            var rows = answer.Data().Items();
            for (var i = 1; i < rows.Length; i++)
                answer.Expect(
                    Compare(rows[i - 1], rows[i]) > 0, "each row newer than the next", $"{Place(rows[i - 1])} before {Place(rows[i])}");
        }
    }

    [Rule("3.total-exact", "total is exact, and belongs to the same snapshot as the page.", Needs.Tenant)]
    public static async Task Total(Service service)
    {
        var shelf = await service.History.ShelfAsync();
        var size = (int)Math.Min(3, shelf.Count);
        var total = (await shelf.TenantPageAsync("size=1")).Number("total");
        var last = await shelf.TenantAsync($"size={size}&page={(total - 1) / size}");
        var data = last.Data();
        var counted = (data.Number("page") * size) + data.Items().Length;
        last.Expect(
            data.Items().Length == size ? data.Number("total") >= counted : data.Number("total") == counted,
            $"total {counted} on the last page", $"total {data.Raw("total")}");
        last.Expect(
            shelf.IsShared || (total == shelf.Count && data.Number("total") == total), $"total {shelf.Count} on each page",
            $"total {total} and {data.Raw("total")}");
    }

    [Rule("3.profile-filter", "profile_id leaves that profile's chats; one that has none, or nobody's, is an empty list.", Needs.Tenant)]
    public static async Task ProfileFilter(Service service)
    {
        var profile = (await service.History.SomeRowAsync()).Text("profile_id");
        var answer = await service.GetAsync($"{Paths.List}?profile_id={profile}&size=100", service.Tenant);
        answer.Expect(
            answer.Data().Items().Length > 0 && answer.Data().Items().All(row => row.Text("profile_id") == profile),
            $"rows of {profile} alone", string.Join(", ", answer.Data().Items().Select(row => row.Text("profile_id")).Distinct()));
        var nobody = await service.GetAsync($"{Paths.List}?profile_id={Paths.Nobody}", service.Tenant);
        nobody.Expect(nobody.Data().Items().Length == 0 && nobody.Data().Number("total") == 0, "no items, total 0", nobody.Text);
    }

    [Rule("3.status", "status is one of in_progress, completed, error, ended; last_error is a non-empty string with error, else null.",
        Needs.Tenant)]
    public static async Task Status(Service service)
    {
        foreach (var answer in new[]
        {
            await (await service.History.ShelfAsync()).TenantAsync("size=100"),
            await service.GetAsync(Paths.List + "?size=100", service.Tenant),
        })
        {
            foreach (var row in answer.Data().Items())
            {
                answer.Expect(Statuses.Contains(row.Text("status")), $"a status of {string.Join(", ", Statuses)}", row.Raw("status"));
                var isError = row.Text("status") == "error";
                answer.Expect(
                    isError ? row.Text("last_error") is { Length: > 0 } : row.GetProperty("last_error").ValueKind == JsonValueKind.Null,
                    isError ? "a last_error" : "last_error null", $"{row.Raw("status")} with {row.Raw("last_error")}");
            }
        }
    }

    [Rule("3.isolation", "The list is the tenant's: no row of another tenant is in it.", Needs.Tenant | Needs.OtherTenant)]
    public static async Task Isolation(Service service)
    {
        var (ours, theirs) = (
            await service.GetAsync(Paths.List + "?size=100", service.Tenant),
            await service.GetAsync(Paths.List + "?size=100", service.Means.OtherTenant));
        var both = ours.Data().Ids().Intersect(theirs.Data().Ids()).ToArray();
        ours.Expect(both.Length == 0, "no chat in the lists of two tenants", string.Join(", ", both));
        if (theirs.Data().Items() is [var row, ..])
        {
            var filtered = await service.GetAsync($"{Paths.List}?profile_id={row.Text("profile_id")}", service.Tenant);
            filtered.Expect(
                filtered.Data().Number("total") == 0, "nothing under another tenant's profile", $"total {filtered.Data().Raw("total")}");
        }
    }

    /// <summary>A page of such rows.</summary>
    public static void ShouldBePage(Answer answer, string[] members)
    {
        var data = answer.Data();
        answer.Expect(data.Members().SequenceEqual(PageMembers), string.Join(", ", PageMembers), string.Join(", ", data.Members()));
        answer.Expect(data.Items().Length > 0, "rows", "none");
        foreach (var row in data.Items())
            answer.Expect(row.Members().SequenceEqual(members), string.Join(", ", members), string.Join(", ", row.Members()));
    }

    private static int Compare(JsonElement one, JsonElement other)
    {
        var byTime = CreatedAt(one).CompareTo(CreatedAt(other));
        return byTime != 0 ? byTime : string.CompareOrdinal(one.Id(), other.Id());
    }

    private static DateTimeOffset CreatedAt(JsonElement row) => DateTimeOffset.Parse(row.Text("created_at")!, CultureInfo.InvariantCulture);

    private static string Place(JsonElement row) => $"{row.Text("created_at")} {row.Id()}";
}
