using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.Api.Tests.Support;

namespace SdkChat.Api.Tests.Chats;

/// <summary>The four history endpoints as their callers see them, over a real socket (contract, sections 3 and 4).</summary>
public sealed partial class HistoryTests : HistoryFixture
{
    private const string ListPath = "/api/v1/sdk-chat";
    private const string AdminListPath = "/api/v1/admin/sdk-chat";

    private static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] ListMembers =
        ["chat_id", "profile_id", "profile_summary", "prompt", "status", "last_error", "created_at", "updated_at", "ended_at"];

    private static readonly string[] DetailMembers =
    [
        "chat_id", "profile_id", "profile_session_id", "profile_summary", "prompt", "status", "back_list_status", "todos",
        "recommended_items", "notification_items", "last_error", "created_at", "updated_at", "ended_at",
    ];

    private Guid _theirs;
    private Guid _theirTenant;

    [OneTimeSetUp]
    public async Task Seed()
    {
        foreach (var (status, minute) in new[] { "in_progress", "completed", "error", "ended" }.Select((status, n) => (status, n)))
            await Rows.ChatAsync(Tenant, Profile, Noon.AddMinutes(minute), status);
        for (var n = 0; n < 30; n++)
            await Rows.ChatAsync(Tenant, Profile, Noon.AddHours(-1).AddMilliseconds(n / 4));
        _theirTenant = await Rows.TenantAsync("acme");
        _theirs = await Rows.ChatAsync(_theirTenant, await Rows.ProfileAsync(_theirTenant), Noon.AddHours(1));
    }

    [Test]
    public async Task List_FirstPage_HasTheContractsShape()
    {
        var data = await TenantDataAsync(ListPath);

        Members(data).Should().Equal("items", "total", "page", "size");
        data.GetProperty("total").GetInt64().Should().Be(34);
        data.GetProperty("page").GetInt32().Should().Be(0);
        data.GetProperty("size").GetInt32().Should().Be(20);
        data.GetProperty("items").EnumerateArray().Should().HaveCount(20)
            .And.OnlyContain(item => Members(item).SequenceEqual(ListMembers));
    }

    [Test]
    public async Task List_Item_SaysWhatTheRowSays()
    {
        var ended = (await TenantDataAsync(ListPath)).GetProperty("items")[0];

        ended.GetProperty("status").GetString().Should().Be("ended");
        ended.GetProperty("prompt").GetString().Should().Be("Dinner ideas?");
        ended.GetProperty("created_at").GetString().Should().Be("2026-04-23T12:03:00Z");
        ended.GetProperty("ended_at").GetString().Should().Be("2026-04-23T12:03:00Z");
        ended.GetProperty("last_error").ValueKind.Should().Be(JsonValueKind.Null);
        ended.GetProperty("profile_summary").GetRawText().Should().Be("""{"name":"Sato Hanako","gender":"F","age":32,"locale":"ja"}""");
    }

    [TestCase("?size=500", 100, 34)]
    [TestCase("?size=1", 1, 1)]
    [TestCase("?page=1&size=20", 20, 14)]
    [TestCase("?page=2147483647&size=100", 100, 0)]
    public async Task List_Paging_IsCappedAndNeverFails(string query, int size, int items)
    {
        var data = await TenantDataAsync(ListPath + query);

        data.GetProperty("size").GetInt32().Should().Be(size);
        data.GetProperty("items").GetArrayLength().Should().Be(items);
        data.GetProperty("total").GetInt64().Should().Be(34);
    }

    [TestCase("?page=-1", "page")]
    [TestCase("?page=x", "page")]
    [TestCase("?page=", "page")]
    [TestCase("?page=2147483648", "page")]
    [TestCase("?page=1&page=2", "page")]
    [TestCase("?size=0", "size")]
    [TestCase("?size=1.5", "size")]
    [TestCase("?profile_id=123", "profile_id")]
    [TestCase("?profile_id=", "profile_id")]
    [TestCase("?profile_id={3736f10f-0b6c-7d9e-8a51-1f0c2d3e4f50}", "profile_id")]
    [TestCase("?cursor=zzz", "cursor")]
    [TestCase("?cursor=", "cursor")]
    [TestCase("?cursor=AQ&cursor=Ag", "cursor")]
    [TestCase("/not-a-uuid", "chat_id")]
    public async Task Request_BadParameter_IsNamed(string rest, string parameter)
    {
        using var response = await AsTenantAsync(ListPath + rest);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        body.RootElement.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED");
        Members(body.RootElement.GetProperty("errors")).Should().Equal(parameter);
    }

    [TestCase(ListPath)]
    [TestCase(AdminListPath)]
    public async Task List_SeveralBadParameters_NamesAllOfThem(string path)
    {
        using var response = await SendAsync(
            $"{path}?profile_id=123&page=-1&size=0&cursor=zzz", path == ListPath ? Api.TenantToken(Tenant) : Api.BackofficeToken());

        (await response.FailureAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .Should().BeEquivalentTo("profile_id", "page", "size", "cursor");
    }

    [TestCase("paging.size=0")]
    [TestCase("filter.status=lost&filter=1&paging=1")]
    public async Task List_ParameterInAnotherNotation_IsUnknownAndIgnored(string parameters)
    {
        using var response = await AsTenantAsync($"{ListPath}?{parameters}&size=3");

        (await DataAsync(response)).GetProperty("size").GetInt32().Should().Be(3);
    }

    [Test]
    public async Task List_FollowingNext_SeesEveryRowOnceWithItsPageIndex()
    {
        var seen = new List<string>();
        var pages = new List<int>();
        string? next = $"{ListPath}?size=7&profile_id={Profile}";
        while (next is not null)
        {
            using var response = await AsTenantAsync(next);
            var data = await DataAsync(response);
            seen.AddRange(data.GetProperty("items").EnumerateArray().Select(Id));
            pages.Add(data.GetProperty("page").GetInt32());
            next = Link(response, "next");
        }

        seen.Should().HaveCount(34).And.OnlyHaveUniqueItems();
        pages.Should().Equal(0, 1, 2, 3, 4);
    }

    [Test]
    public async Task List_FollowingPrevFromLast_ComesBackToFirst()
    {
        using var first = await AsTenantAsync($"{ListPath}?size=10");
        var forwards = (await TenantDataAsync($"{ListPath}?size=100")).GetProperty("items").EnumerateArray().Select(Id).ToList();

        var backwards = new List<string>();
        var place = Link(first, "last");
        while (place is not null)
        {
            using var response = await AsTenantAsync(place);
            backwards.InsertRange(0, (await DataAsync(response)).GetProperty("items").EnumerateArray().Select(Id));
            place = Link(response, "prev");
        }

        backwards.Should().Equal(forwards);
        Link(first, "prev").Should().BeNull();
        Link(first, "first").Should().NotBeNull();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task List_ETag_Gives304UntilTheListChanges(bool isBackoffice)
    {
        Task<HttpResponseMessage> ReadAsync(string query, string? known = null) =>
            isBackoffice ? AsBackofficeAsync($"{AdminListPath}{query}", known) : AsTenantAsync($"{ListPath}{query}", known);
        var profile = await Rows.ProfileAsync(Tenant, """{"name":"Before"}""");
        var chat = await Rows.ChatAsync(Tenant, profile, Noon.AddDays(-2));
        var query = $"?profile_id={profile}&size=1";
        using var first = await ReadAsync(query);
        var tag = first.Headers.ETag!.ToString();

        using var unchanged = await ReadAsync(query, tag);
        using var among = await ReadAsync(query, $"\"other\", {tag}");
        using var otherSize = await ReadAsync($"?profile_id={profile}&size=2", tag);
        await Rows.ExecuteAsync("update sdk_profile set data = '{\"name\":\"After\"}' where profile_id = @profile", new { profile });
        using var renamed = await ReadAsync(query, tag);
        var another = await Rows.ChatAsync(Tenant, profile, Noon.AddDays(-3));
        using var longer = await ReadAsync(query, renamed.Headers.ETag!.ToString());

        tag.Should().StartWith("W/\"");
        unchanged.StatusCode.Should().Be(HttpStatusCode.NotModified);
        unchanged.Headers.ETag!.ToString().Should().Be(tag);
        unchanged.Headers.GetValues("Link").Should().Equal(first.Headers.GetValues("Link"));
        (await unchanged.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        among.StatusCode.Should().Be(HttpStatusCode.NotModified);
        new[] { otherSize, renamed, longer }.Should().OnlyContain(response => response.StatusCode == HttpStatusCode.OK);
        await Rows.ExecuteAsync("delete from sdk_chat where chat_id = any (@chats)", new { chats = new[] { chat, another } });
    }

    /// <summary>The node's own background work is in no trace of the caller's.</summary>
    [Test]
    public async Task List_WithItsTotal_CostsOneRoundTrip()
    {
        await TenantDataAsync(ListPath);
        var trace = ActivityTraceId.CreateRandom();
        var statements = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql")
                    statements.Enqueue(
                        (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement"))?.ToString() ?? activity.DisplayName);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = ApiCalls.Request(
            ListPath, token: Api.TenantToken(Tenant), headers: [("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")]);

        using var response = await Api.Client.SendAsync(request);

        response.IsSuccessStatusCode.Should().BeTrue();
        statements.Should().ContainSingle().Which.Should().Contain("from sdk_chat");
    }

    [Test]
    public async Task Detail_Completed_HasTheContractsShapeAndTheResultToTheByte()
    {
        const string Items = """[ {"n":1.0E2, "big":12345678901234567890, "s":"\u0000\ud800 \u2028 한글 😀<script>"} ]""";
        var chat = await Rows.ChatAsync(Tenant, Profile, Noon.AddDays(-1), "completed", notificationItems: Items);

        using var response = await AsTenantAsync($"{ListPath}/{chat}");
        var body = await response.Content.ReadAsStringAsync();
        var data = await DataAsync(response);

        Members(data).Should().Equal(DetailMembers);
        body.Should().Contain($"\"notification_items\":{Items},\"last_error\":null");
        data.GetProperty("profile_session_id").ValueKind.Should().Be(JsonValueKind.Null);
        await Rows.ExecuteAsync("delete from sdk_chat where chat_id = @chat", new { chat });
    }

    [Test]
    public async Task Detail_WithoutResult_HasEmptyLists()
    {
        var chat = (await TenantDataAsync($"{ListPath}?size=100")).GetProperty("items").EnumerateArray()
            .First(item => item.GetProperty("status").GetString() == "error");

        var data = await TenantDataAsync($"{ListPath}/{Id(chat)}");

        foreach (var list in new[] { "todos", "recommended_items", "notification_items" })
            data.GetProperty(list).GetRawText().Should().Be("[]");
        data.GetProperty("last_error").GetString().Should().NotBeNullOrEmpty();
    }

    [Test]
    public async Task Detail_ETag_ChangesWithAnythingTheBodyShows()
    {
        var profile = await Rows.ProfileAsync(Tenant, """{"name":"Before"}""");
        var chat = await Rows.ChatAsync(Tenant, profile, Noon.AddDays(-2));
        using var first = await AsTenantAsync($"{ListPath}/{chat}");
        var tag = first.Headers.ETag!.ToString();

        using var unchanged = await AsTenantAsync($"{ListPath}/{chat}", tag);
        using var among = await AsTenantAsync($"{ListPath}/{chat}", $"\"other\", {tag}");
        using var any = await AsTenantAsync($"{ListPath}/{chat}", "*");
        await Rows.ExecuteAsync("update sdk_profile set data = '{\"name\":\"After\"}' where profile_id = @profile", new { profile });
        using var changed = await AsTenantAsync($"{ListPath}/{chat}", tag);

        tag.Should().StartWith("W/\"");
        unchanged.StatusCode.Should().Be(HttpStatusCode.NotModified);
        unchanged.Headers.ETag!.ToString().Should().Be(tag);
        (await unchanged.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        among.StatusCode.Should().Be(HttpStatusCode.NotModified);
        any.StatusCode.Should().Be(HttpStatusCode.NotModified);
        changed.StatusCode.Should().Be(HttpStatusCode.OK);
        await Rows.ExecuteAsync("delete from sdk_chat where chat_id = @chat", new { chat });
    }

    [Test]
    public async Task Detail_OfAnotherTenant_IsAsUnknownAsOneThatIsNot()
    {
        using var theirs = await AsTenantAsync($"{ListPath}/{_theirs}");
        using var nobodys = await AsTenantAsync($"{ListPath}/{Guid.CreateVersion7()}");

        theirs.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await theirs.Content.ReadAsStringAsync()).Should().Be(await nobodys.Content.ReadAsStringAsync())
            .And.Contain("CHAT_NOT_FOUND");
    }

    [Test]
    public async Task Backoffice_List_SeesEveryTenantAndLeadsWithIt()
    {
        using var everything = await AsBackofficeAsync($"{AdminListPath}?size=1");
        using var filtered = await AsBackofficeAsync($"{AdminListPath}?tenant_id={_theirTenant}");
        using var both = await AsBackofficeAsync($"{AdminListPath}?tenant_id={_theirTenant}&profile_id={Profile}");

        var first = (await DataAsync(everything)).GetProperty("items")[0];
        Members(first).Should().Equal(["tenant_id", .. ListMembers]);
        first.GetProperty("tenant_id").GetGuid().Should().Be(_theirTenant);
        (await DataAsync(filtered)).GetProperty("total").GetInt64().Should().Be(1);
        (await DataAsync(both)).GetProperty("total").GetInt64().Should().Be(0);
    }

    [Test]
    public async Task Backoffice_Detail_IsTheTenantsDetail()
    {
        var mine = Id((await TenantDataAsync(ListPath)).GetProperty("items")[0]);

        using var asTenant = await AsTenantAsync($"{ListPath}/{mine}");
        using var asBackoffice = await AsBackofficeAsync($"{AdminListPath}/{mine}");

        (await asBackoffice.Content.ReadAsStringAsync()).Should().Be(await asTenant.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Members(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static string Id(JsonElement item) => item.GetProperty("chat_id").GetString()!;

    private static string? Link(HttpResponseMessage response, string relation) =>
        LinkPattern().Matches(response.Headers.GetValues("Link").Single())
            .FirstOrDefault(match => match.Groups["rel"].Value == relation)?.Groups["target"].Value;

    [GeneratedRegex("<(?<target>[^>]*)>; rel=\"(?<rel>[^\"]*)\"")]
    private static partial Regex LinkPattern();
}
