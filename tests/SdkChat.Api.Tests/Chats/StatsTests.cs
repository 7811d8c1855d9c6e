using System.Net;
using System.Text.Json;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

/// <summary>Statistics as their callers see them (contract, section 8.3).</summary>
public sealed class StatsTests : HistoryFixture
{
    private const string List = "/api/v1/sdk-chat";
    private const string Stats = List + "/stats";
    private const string AdminStats = "/api/v1/admin/sdk-chat/stats";

    private static readonly DateTimeOffset Start = new(2026, 3, 26, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Member, string Filter)[] Numbers =
    [
        ("started", ""), ("completed", "&status=completed"), ("error", "&status=error"), ("ended", "&status=ended"),
        ("in_progress", "&status=in_progress"),
        ("triggered", "&triggered=true"),
    ];

    private Guid _theirs;

    [OneTimeSetUp]
    public async Task Seed()
    {
        var statuses = new[] { "in_progress", "completed", "completed", "error", "ended" };
        for (var n = 0; n < 200; n++)
            await Rows.ChatAsync(Tenant, Profile, Start.AddMinutes(n * 37), statuses[n % 5]);
        await Rows.ExecuteAsync(
            """
            update sdk_chat set completed_at = created_at + interval '1 second' * (1 + extract(minute from created_at)),
              pipeline_recommended_items = convert_to('[{"name":"Udon"},{"name":"Udon"},{"name":7},"x",{"name":"\ud800"},{"name":"Tea"}]', 'UTF8')
            where status = 'completed';
            update sdk_chat set pipeline_recommended_items = '{"name":' where chat_id = (select chat_id from sdk_chat where status = 'completed' limit 1);
            update sdk_chat set pipeline_notification_items = '[1]' where status = 'completed' and extract(minute from created_at) < 30;
            update sdk_chat set prompt = E' Ramen\t ＲＥＣＩＰＥ  ' where chat_id in (select chat_id from sdk_chat where status = 'error' limit 3);
            update sdk_chat set prompt = 'ramen recipe' where chat_id in (select chat_id from sdk_chat where status = 'error' and prompt like 'D%' limit 2);
            -- The rows above did not get their times and items when they were completed: slots and texts are counted again.
            update chat_count_watermark set slots_seen = null, texts_last_xid = null;
            """);
        _theirs = await Rows.TenantAsync("acme");
        await Rows.ChatAsync(_theirs, await Rows.ProfileAsync(_theirs), Start.AddHours(1), "completed");
    }

    [TestCase("from=2026-03-26&to=2026-04-01", "day", "UTC")]
    [TestCase("from=2026-03-27&to=2026-03-31", "day", "Europe/Berlin")]
    [TestCase("from=2026-03-28T03:10:00Z&to=2026-03-29T04:05:00Z", "hour", "Europe/Berlin")]
    [TestCase("from=2026-03-28T03:10:00Z&to=2026-03-29T04:05:00Z", "hour", "Asia/Kathmandu")]
    [TestCase("from=2026-03-20&to=2026-04-09", "week", "Asia/Kolkata")]
    public async Task Bucket_OfAnyUnitAndZone_HasTheTotalsOfTheList(string range, string bucket, string zone)
    {
        var data = await TenantDataAsync($"{Stats}?{range}&bucket={bucket}&tz={zone}");

        var starts = data.GetProperty("buckets").EnumerateArray().Select(one => Text(one, "start")).Append(Text(data, "to")).ToArray();
        starts[0].Should().Be(Text(data, "from"));
        var n = 0;
        foreach (var one in data.GetProperty("buckets").EnumerateArray())
        {
            await ShouldBeTotalsAsync(one, $"from={starts[n]}&to={starts[n + 1]}");
            n++;
        }

        n.Should().BeGreaterThan(1);
        await ShouldBeTotalsAsync(data.GetProperty("total"), $"from={Text(data, "from")}&to={Text(data, "to")}");
    }

    /// <summary>As soon as the worker has counted them, and before: of the newest chats.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Stats_OfARange_NameItsErrorsItemsAndTimes(bool areCounted)
    {
        if (areCounted)
            await Eventually.TrueAsync(
                () => Rows.ScalarAsync<bool>("select coalesce(texts_from = '-infinity', false) from chat_count_watermark"));
        var data = await TenantDataAsync($"{Stats}?from=2026-03-26&to=2026-04-01&bucket=week");

        data.GetProperty("errors").EnumerateArray().Should().ContainSingle().Which.GetProperty("count").GetInt64().Should().Be(40);
        var items = data.GetProperty("items").EnumerateArray().Select(item => (Text(item, "name"), item.GetProperty("count").GetInt64()));
        items.Should().Equal(("Tea", 79), ("Udon", 79));
        var times = data.GetProperty("total").GetProperty("answer_ms");
        times.GetProperty("p50").GetInt64().Should().BeInRange(20_000, 40_000);
        times.GetProperty("p95").GetInt64().Should().BeInRange(50_000, 60_000);
        var empty = await TenantDataAsync($"{Stats}?from=2020-01-01&to=2020-01-02");
        empty.GetProperty("total").GetProperty("answer_ms").GetProperty("p50").ValueKind.Should().Be(JsonValueKind.Null);
        empty.GetProperty("buckets").GetArrayLength().Should().Be(1);
    }

    [Test]
    public async Task Stats_OfTheBackoffice_AreGroupedByTenant()
    {
        const string Range = "from=2026-03-26&to=2026-04-01";
        using var response = await AsBackofficeAsync($"{AdminStats}?{Range}&group_by=tenant");
        var groups = (await DataAsync(response)).GetProperty("groups").EnumerateArray().ToArray();

        groups.Select(group => Text(group, "tenant_code")).Should().Equal("demo", "acme");
        groups[0].GetProperty("total").GetProperty("started").GetInt64().Should().Be(200);
        using var one = await AsBackofficeAsync($"{AdminStats}?{Range}&tenant_id={_theirs}&group_by=tenant");
        var data = await DataAsync(one);
        data.GetProperty("total").GetProperty("started").GetInt64().Should().Be(1);
        data.GetProperty("groups").GetArrayLength().Should().Be(1);
        using var plain = await AsBackofficeAsync($"{AdminStats}?{Range}");
        (await DataAsync(plain)).TryGetProperty("groups", out _).Should().BeFalse();
    }

    [Test]
    public async Task Questions_OfARange_AreTheMostFrequentPrompts()
    {
        const string Range = "from=2026-03-26&to=2026-04-01&questions=true";
        var questions = await QuestionsAsync($"{Stats}?{Range}");

        questions.Sum(question => question.Count).Should().Be(200);
        questions.Should().HaveCount(2).And.BeInDescendingOrder(question => question.Count);
        questions[1].Should().Be(("Ramen ＲＥＣＩＰＥ", 5));
        (await QuestionsAsync($"{Stats}?from=2020-01-01&to=2020-01-02&questions=true")).Should().BeEmpty();
        (await TenantDataAsync($"{Stats}?questions=false")).TryGetProperty("questions", out _).Should().BeFalse();
        using var others = await AsBackofficeAsync($"{AdminStats}?{Range}&tenant_id={_theirs}");
        (await DataAsync(others)).GetProperty("questions").EnumerateArray()
            .Should().ContainSingle().Which.GetProperty("count").GetInt64().Should().Be(1);

        async Task<(string Text, long Count)[]> QuestionsAsync(string path) =>
        [.. (await TenantDataAsync(path)).GetProperty("questions").EnumerateArray()
            .Select(question => (Text(question, "text"), question.GetProperty("count").GetInt64()))];
    }

    [TestCase("questions=yes", "questions")]
    [TestCase("questions=true&questions=true", "questions")]
    [TestCase("bucket=month", "bucket")]
    [TestCase("bucket=hour&from=2026-01-01&to=2026-02-01", "bucket")]
    [TestCase("from=0001-01-01&to=9999-12-31&bucket=week&tz=Pacific/Kiritimati", "bucket")]
    [TestCase("from=2026-01-01&to=2026-01-01", "from")]
    [TestCase("from=2026-01-02&to=2026-01-01", "from")]
    [TestCase("bucket=day&bucket=day", "bucket")]
    [TestCase("tz=Mars", "tz")]
    [TestCase("from=9999-12-31", "from")]
    [TestCase("profile_id=x", "profile_id")]
    public async Task Parameters_ThatDoNotFit_AreRefusedByName(string query, string name)
    {
        using var response = await AsTenantAsync($"{Stats}?{query}");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Contain(name);
    }

    [TestCase("")]
    [TestCase("?bucket=hour")]
    [TestCase("?to=0001-01-02&bucket=hour")]
    [TestCase("?from=9999-12-30&to=9999-12-31T23:59:59.9999999Z&bucket=hour&tz=Pacific/Pago_Pago")]
    public async Task Stats_WithoutARangeOrAtTheEndsOfTime_AreAnswered(string query) =>
        (await TenantDataAsync(Stats + query)).GetProperty("buckets").GetArrayLength().Should().BeInRange(1, 400);

    private async Task ShouldBeTotalsAsync(JsonElement numbers, string range)
    {
        foreach (var (member, filter) in Numbers)
        {
            var total = (await TenantDataAsync($"{List}?size=1&{range}{filter}")).GetProperty("total").GetInt64();
            numbers.GetProperty(member).GetInt64().Should().Be(total, "{0} of {1}", member, range);
        }
    }

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;
}
