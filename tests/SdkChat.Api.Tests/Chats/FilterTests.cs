using System.Net;
using System.Text.Json;

namespace SdkChat.Api.Tests.Chats;

/// <summary>Filters and counts as their callers see them (contract, section 8.1).</summary>
public sealed class FilterTests : HistoryFixture
{
    private const string List = "/api/v1/sdk-chat";
    private const string AdminList = "/api/v1/admin/sdk-chat";

    private static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Statuses = ["in_progress", "completed", "error", "ended"];

    private Guid _otherProfile;

    [OneTimeSetUp]
    public async Task Seed()
    {
        _otherProfile = await Rows.ProfileAsync(Tenant);
        for (var n = 0; n < 40; n++)
            await Rows.ChatAsync(Tenant, n % 3 == 0 ? _otherProfile : Profile, Noon.AddMinutes(n * 10), Statuses[n % 4]);
        await Rows.ExecuteAsync(
            "update sdk_chat set pipeline_notification_items = '[1]' where status = 'completed' and extract(minute from created_at) < 30");
        var theirs = await Rows.TenantAsync("acme");
        for (var n = 0; n < 5; n++)
            await Rows.ChatAsync(theirs, await Rows.ProfileAsync(theirs), Noon.AddMinutes(n), "completed");
    }

    [TestCase("status=error", 10)]
    [TestCase("status=error,ended", 20)]
    [TestCase("status=error,error", 10)]
    [TestCase("from=2026-04-23T12:00:00Z&to=2026-04-23T12:00:00Z", 0)]
    [TestCase("from=2026-04-23T12:10:00Z&to=2026-04-23T12:30:00Z", 2)]
    [TestCase("from=2026-04-23T21:10%2B09:00&to=2026-04-23T12:30:00.000Z", 2)]
    [TestCase("from=2026-04-23", 40)]
    [TestCase("from=2026-04-24&tz=Asia/Tokyo", 22)]
    [TestCase("from=2026-04-24&tz=Asia/Kolkata", 1)]
    [TestCase("to=1969-12-31", 0)]
    [TestCase("from=0001-01-01&to=9999-12-31&tz=Pacific/Kiritimati", 40)]
    [TestCase("from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59.9999999Z", 40)]
    [TestCase("triggered=true&status=error", 0)]
    public async Task List_UnderAFilter_HasItsTotalAndRows(string query, int total)
    {
        var data = await TenantDataAsync($"{List}?size=100&{query}");

        data.GetProperty("total").GetInt64().Should().Be(total);
        data.GetProperty("items").GetArrayLength().Should().Be(total);
    }

    [TestCase("status", "done")]
    [TestCase("status", "")]
    [TestCase("status", "error,,ended")]
    [TestCase("status", "ERROR")]
    [TestCase("status", "error%00")]
    [TestCase("status", "%25")]
    [TestCase("triggered", "1")]
    [TestCase("triggered", "True")]
    [TestCase("from", "2026-13-01")]
    [TestCase("from", "2026-04-23T12:00:00")]
    [TestCase("from", "2026-04-23T12:00:00+09:00")]
    [TestCase("from", "2026-04-23T12:00:00Z%0A")]
    [TestCase("from", "0001-01-01T00:00:00%2B14:00")]
    [TestCase("to", "10000-01-01")]
    [TestCase("to", "-0001-01-01")]
    [TestCase("to", "9999-12-31T23:59:59-14:00")]
    [TestCase("tz", "Tokyo")]
    [TestCase("tz", "../../etc/passwd")]
    [TestCase("tz", "/usr/share/zoneinfo/UTC")]
    [TestCase("tz", "Tokyo%20Standard%20Time")]
    [TestCase("tz", "asia/tokyo%F0%9F%98%80")]
    public async Task Parameter_OfAnotherKind_IsRefusedByName(string name, string value)
    {
        foreach (var path in new[] { List, List + "/counts" })
            await ShouldRefuseAsync(await AsTenantAsync($"{path}?{name}={value}"), name);
        foreach (var path in new[] { AdminList, AdminList + "/counts" })
            await ShouldRefuseAsync(await AsBackofficeAsync($"{path}?{name}={value}"), name);
    }

    [TestCase("from=2026-04-24&to=2026-04-23", "from")]
    [TestCase("status=error&status=ended", "status")]
    [TestCase("tz=UTC&tz=UTC", "tz")]
    [TestCase("from=2026-04-24&from=2026-04-24", "from")]
    public async Task Parameters_ThatDoNotFit_AreRefusedByName(string query, string name)
    {
        foreach (var path in new[] { List, List + "/counts" })
            await ShouldRefuseAsync(await AsTenantAsync($"{path}?{query}"), name);
    }

    [Test]
    public async Task Parameter_OfManyKilobytes_IsRefusedByName() =>
        await ShouldRefuseAsync(await AsTenantAsync($"{List}?status={string.Join(',', Enumerable.Repeat("error", 500))}"), "status");

    [TestCase("")]
    [TestCase("&triggered=true")]
    [TestCase("&triggered=false")]
    [TestCase("&from=2026-04-23T13:00:00Z&to=2026-04-23T16:35:00Z")]
    [TestCase("&from=2026-04-24&tz=Asia/Tokyo&triggered=true")]
    public async Task Counts_UnderAnyFilter_AreTheTotalsOfTheList(string filter)
    {
        foreach (var profile in new[] { "", $"&profile_id={Profile}", $"&profile_id={_otherProfile}" })
        {
            var query = $"?size=1{profile}{filter}";
            var counts = await TenantDataAsync(List + "/counts" + query);

            Number(counts, "total").Should().Be(await TotalAsync(query));
            foreach (var status in Statuses)
                Number(counts, status).Should().Be(await TotalAsync($"{query}&status={status}"), "{0} under {1}", status, query);
            if (!filter.Contains("triggered", StringComparison.Ordinal))
                Number(counts, "triggered").Should().Be(await TotalAsync(query + "&triggered=true"));
        }
    }

    [Test]
    public async Task Counts_OfTheBackoffice_AreThoseOfTheTenantOrOfAll()
    {
        using var ofTenant = await AsBackofficeAsync($"{AdminList}/counts?tenant_id={Tenant}");
        using var ofAll = await AsBackofficeAsync($"{AdminList}/counts");

        (await DataAsync(ofTenant)).GetRawText().Should().Be((await TenantDataAsync(List + "/counts")).GetRawText());
        Number(await DataAsync(ofAll), "total").Should().Be(45);
    }

    [Test]
    public async Task Counts_OfAnotherTenantsProfile_AreZero()
    {
        var profile = await Rows.ScalarAsync<Guid>(
            "select profile_id from sdk_chat c join tenant t using (tenant_id) where t.code = 'acme' limit 1");

        Number(await TenantDataAsync($"{List}/counts?profile_id={profile}"), "total").Should().Be(0);
    }

    [Test]
    public async Task Link_OfAFilteredList_WalksItOnceAndWhole()
    {
        const string Query = "?status=error,completed&triggered=false&from=2026-04-24&to=2026-05-01&tz=Asia/Tokyo&size=3";
        var total = await TotalAsync(Query);
        var ids = new List<string?>();
        for (var next = List + Query; next is not null;)
        {
            using var response = await AsTenantAsync(next);
            var data = await DataAsync(response);
            Number(data, "total").Should().Be(total);
            ids.AddRange(data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("chat_id").GetString()));
            var links = response.Headers.GetValues("Link").Single();
            next = links.Split(", ").Where(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal))
                .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)]).SingleOrDefault();
        }

        ids.Should().OnlyHaveUniqueItems().And.HaveCount((int)total);
        total.Should().BeGreaterThan(3);
    }

    private async Task<long> TotalAsync(string query) => Number(await TenantDataAsync(List + query), "total");

    private static long Number(JsonElement data, string name) => data.GetProperty(name).GetInt64();

    private static async Task ShouldRefuseAsync(HttpResponseMessage response, string name)
    {
        using (response)
        {
            response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            body.RootElement.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
            body.RootElement.GetProperty("errors").EnumerateObject().Select(error => error.Name).Should().Contain(name);
        }
    }
}
