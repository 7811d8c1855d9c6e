using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Rules.Additions;

/// <summary>Section 8.3: statistics.</summary>
internal static class StatsRules
{
    private static readonly string[] Members = ["from", "to", "bucket", "tz", "buckets", "total", "errors", "items"];
    private static readonly string[] Numbers = ["started", "completed", "error", "ended", "in_progress", "triggered", "answer_ms"];

    [Rule("8.stats", "Each number of statistics is the total of the list for the bucket and the filter.",
        Needs.Shopper | Needs.Tenant | Needs.Admin)]
    public static async Task Totals(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        foreach (var (list, token) in new[] { (Paths.List, service.Tenant), (Paths.AdminList, service.Admin) })
        {
            var answer = await service.GetAsync($"{list}/stats?profile_id={chats.Profile}&bucket=hour&tz=Asia/Kolkata", token);
            var data = answer.Data();
            answer.Expect(data.Members().SequenceEqual(Members), string.Join(", ", Members), string.Join(", ", data.Members()));
            var total = data.GetProperty("total");
            answer.Expect(total.Members().SequenceEqual(Numbers), string.Join(", ", Numbers), string.Join(", ", total.Members()));
            long[] expected = [4, 2, 0, 2, 0, 1];
            var came = Numbers[..6].Select(member => total.Number(member)).ToArray();
            answer.Expect(came.SequenceEqual(expected), string.Join(", ", expected), string.Join(", ", came));
            var buckets = data.GetProperty("buckets").EnumerateArray().ToArray();
            answer.Expect(buckets.Length is > 1 and <= 400, "2 to 400 buckets", $"{buckets.Length}");
            answer.Expect(
                buckets.Sum(bucket => bucket.Number("started")) == 4, "4 chats in the buckets",
                $"{buckets.Sum(bucket => bucket.Number("started"))}");
            answer.Expect(total.GetProperty("answer_ms").Number("p50") > 0, "a time of answers", total.Raw("answer_ms"));
        }

        (await service.GetAsync($"{Paths.List}/stats?bucket=hour&from=2026-01-01&to=2026-03-01", service.Tenant)).ShouldRefuse("bucket");
    }

    [Rule("8.stats-questions", "With questions=true statistics have the most frequent questions, without it they do not.",
        Needs.Shopper | Needs.Tenant | Needs.Admin)]
    public static async Task Questions(Service service)
    {
        var chats = await FilteredChats.CreateAsync(service);
        foreach (var (list, token) in new[] { (Paths.List, service.Tenant), (Paths.AdminList, service.Admin) })
        {
            var answer = await service.GetAsync($"{list}/stats?profile_id={chats.Profile}&questions=true", token);
            var data = answer.Data();
            string[] members = [.. Members, "questions"];
            answer.Expect(data.Members().SequenceEqual(members), string.Join(", ", members), string.Join(", ", data.Members()));
            var counts = data.GetProperty("questions").EnumerateArray().Select(question => question.Number("count")).ToArray();
            answer.Expect(counts.Sum() == 4, "4 chats with a question", $"{counts.Sum()}");
            answer.Expect(counts.SequenceEqual(counts.OrderDescending()), "the most frequent question first", data.Raw("questions"));
        }

        (await service.GetAsync($"{Paths.List}/stats?questions=yes", service.Tenant)).ShouldRefuse("questions");
    }
}
