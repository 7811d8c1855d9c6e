using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.Api.Tests.Chats;

/// <summary>The lists with <c>q</c> (contract, section 8.1).</summary>
public sealed partial class SearchTests : HistoryFixture
{
    private const string ListPath = "/api/v1/sdk-chat";
    private const string AdminListPath = "/api/v1/admin/sdk-chat";
    private const int Many = 1250;

    private Guid _theirTenant;

    [OneTimeSetUp]
    public async Task Seed()
    {
        await AddAsync(Tenant, Profile, Many, "'라면 ' || n");
        await AddAsync(Tenant, Profile, 30, "'Ｐａｄ Thai ' || n");
        _theirTenant = await Rows.TenantAsync("acme");
        await AddAsync(_theirTenant, await Rows.ProfileAsync(_theirTenant, """{"name":"O'Brien"}"""), 3, "'Pad thai 100%'");
    }

    [TestCase("q=pad%20THAI", 30)]
    [TestCase("q=thai%20pad%207", 3)]
    [TestCase("q=hanako%20thai", 30)]
    [TestCase("q=brien", 0)]
    [TestCase("q=100%25", 0)]
    [TestCase("q=_", 0)]
    [TestCase("q=%5C", 0)]
    public async Task List_WithQ_HasItsMatchesAndTheirExactTotal(string query, int total)
    {
        var data = await TenantDataAsync($"{ListPath}?{query}&size=100");

        data.GetProperty("items").GetArrayLength().Should().Be(total);
        data.GetProperty("total").GetInt64().Should().Be(total);
        data.TryGetProperty("total_is_lower_bound", out _).Should().BeFalse();
    }

    [Test]
    public async Task List_WithQOfVeryManyMatches_SaysThatItsTotalIsALowerBound()
    {
        using var response = await AsTenantAsync($"{ListPath}?q=%EB%9D%BC&size=7");
        var data = await DataAsync(response);

        data.GetProperty("total").GetInt64().Should().BeInRange(1000, Many);
        data.GetProperty("total_is_lower_bound").GetBoolean().Should().BeTrue();
        Link(response, "last").Should().BeNull("where the last page begins is not known");
        (await TenantDataAsync($"{ListPath}?size=1")).TryGetProperty("total_is_lower_bound", out _).Should().BeFalse();
    }

    /// <summary>Forwards to the end and back to the start, past the rows that are counted.</summary>
    [TestCase("라면", Many)]
    [TestCase("thai", 30)]
    public async Task Links_WithQ_CarryItAndMeetEveryMatchOnce(string query, int matches)
    {
        var path = $"{ListPath}?q={Uri.EscapeDataString(query)}&size=100";
        var (forward, last) = await WalkAsync(path, "next");
        var (back, first) = await WalkAsync(last, "prev");

        forward.Should().HaveCount(matches).And.OnlyHaveUniqueItems();
        var expected = (await WalkAsync($"{ListPath}?size=100", "next"))
            .Rows.Where(row => row.Prompt.Normalize(System.Text.NormalizationForm.FormKC)
                .Contains(query, StringComparison.OrdinalIgnoreCase));
        forward.Should().Equal(expected);
        back.Should().HaveCount(matches).And.OnlyHaveUniqueItems().And.BeSubsetOf(forward);
        last.Should().Contain("q=").And.Contain("size=100");
        first.Should().Contain("q=");
    }

    [TestCase("q=")]
    [TestCase("q=%20%09")]
    [TestCase("q=%E2%80%8B")]
    [TestCase("q=a%00b")]
    [TestCase("q=a&q=b")]
    public async Task List_WithABadQ_IsInvalidAndNamesIt(string query) => await IsInvalidAsync($"{ListPath}?{query}", "q");

    [Test]
    public async Task List_WithALongQ_IsInvalid()
    {
        await IsInvalidAsync($"{ListPath}?q={new string('a', 101)}", "q");
        (await TenantDataAsync($"{ListPath}?q={string.Concat(Enumerable.Repeat("%F0%9F%8D%9C", 100))}")).GetProperty("total").GetInt64()
            .Should().Be(0, "a hundred emoji are a hundred characters");
    }

    [Test]
    public async Task List_WithQAndAPagePastTheEnd_HasTheTrueTotal()
    {
        var data = await TenantDataAsync($"{ListPath}?q=thai&page=100000000&size=20");

        data.GetProperty("items").GetArrayLength().Should().Be(0);
        data.GetProperty("total").GetInt64().Should().Be(30);
    }

    [Test]
    public async Task List_WithAnId_FindsExactlyThat()
    {
        var chat = (await TenantDataAsync($"{ListPath}?size=1")).GetProperty("items")[0].GetProperty("chat_id").GetString();

        (await TenantDataAsync($"{ListPath}?q={chat!.ToUpperInvariant()}")).GetProperty("items")[0].GetProperty("chat_id").GetString()
            .Should().Be(chat);
        (await TenantDataAsync($"{ListPath}?q={Profile}")).GetProperty("total").GetInt64().Should().BeGreaterThanOrEqualTo(1000);
        (await TenantDataAsync($"{ListPath}?q={Guid.NewGuid()}")).GetProperty("total").GetInt64().Should().Be(0);
    }

    [Test]
    public async Task AdminList_WithQ_SearchesAllTenantsOrOne()
    {
        (await AdminTotalAsync("q=thai")).Should().Be(33);
        (await AdminTotalAsync($"q=thai&tenant_id={_theirTenant}")).Should().Be(3);
        (await AdminTotalAsync($"q=100%25&tenant_id={Tenant}")).Should().Be(0);
        (await AdminTotalAsync($"q=thai&profile_id={Profile}")).Should().Be(30);
    }

    [Test]
    public async Task List_WithQ_FindsWhatWasWrittenBefore()
    {
        await AddAsync(Tenant, Profile, 1, "'just now 뚝배기'");

        (await TenantDataAsync($"{ListPath}?q=%EB%9A%9D")).GetProperty("total").GetInt64().Should().Be(1);
    }

    private Task AddAsync(Guid tenant, Guid profile, int chats, string prompt) => Rows.ExecuteAsync(
        $"""
        insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, created_at, updated_at)
        select gen_random_uuid(), @tenant, @profile, {prompt}, 'in_progress', 'not_started', '2026-04-23T12:00:00Z'::timestamptz + n / 3 * interval '1 second', now()
        from generate_series(1, @chats) n
        """,
        new { tenant, profile, chats });

    private async Task<long> AdminTotalAsync(string query)
    {
        using var response = await AsBackofficeAsync($"{AdminListPath}?{query}");
        return (await DataAsync(response)).GetProperty("total").GetInt64();
    }

    private async Task IsInvalidAsync(string path, string parameter)
    {
        using var response = await AsTenantAsync(path);
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
        body.RootElement.GetProperty("errors").TryGetProperty(parameter, out _).Should().BeTrue(body.RootElement.ToString());
    }

    /// <returns>Every row on the way, and the path of the last page.</returns>
    private async Task<(List<(string Id, string Prompt)> Rows, string Last)> WalkAsync(string path, string relation)
    {
        var rows = new List<(string, string)>();
        while (true)
        {
            using var response = await AsTenantAsync(path);
            rows.AddRange((await DataAsync(response)).GetProperty("items").EnumerateArray()
                .Select(item => (item.GetProperty("chat_id").GetString()!, item.GetProperty("prompt").GetString()!)));
            if (Link(response, relation) is not { } next)
                return (rows, path);
            path = next;
        }
    }

    private static string? Link(HttpResponseMessage response, string relation) =>
        LinkPattern().Matches(string.Join(',', response.Headers.GetValues("Link")))
            .Where(match => match.Groups["rel"].Value == relation).Select(match => match.Groups["path"].Value).SingleOrDefault();

    [GeneratedRegex("<(?<path>[^>]*)>; rel=\"(?<rel>[a-z]+)\"")]
    private static partial Regex LinkPattern();
}
