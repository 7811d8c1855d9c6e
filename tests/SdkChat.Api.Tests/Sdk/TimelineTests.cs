using System.Net;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>What happened to a chat (contract, section 8.2), as both dashboards read it.</summary>
public sealed class TimelineTests : SdkFixture
{
    private const string Items = """[{"n":1.0E2,"nul":"\u0000"},null]""";

    [Test]
    public async Task Timeline_OfAChatsWholeLife_HasEverythingOldestFirst()
    {
        var profile = await ProfileAsync();
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        await DataAsync("POST", $"/v1/profile/{profile}/session/stamp", """{"status":"ENTERED","meta":{"door":1.0E1}}""");
        var chat = await CompletedChatAsync(profile, TestPipeline.Completed(notifications: "[1.0E3]"));
        await DataAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""");
        await DataAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}","notification_items":{{Items}}}""", node: OtherNode);
        await DataAsync("POST", $"/v1/profile/{profile}/session/stamp", """{"status":"LEFT"}""");
        await DataAsync("DELETE", Chat(profile, chat));

        var items = (await TimelineAsync(chat)).GetProperty("items").EnumerateArray().ToArray();

        items.Select(item => item.GetProperty("type").GetString()).Should()
            .Equal("stamped", "started", "completed", "backlist_triggered", "backlist_triggered", "stamped", "ended");
        items.Select(item => item.GetProperty("at").GetDateTimeOffset()).Should().BeInAscendingOrder();
        Members(items[0]).Should().Equal("at", "type", "status", "meta");
        (items[0].GetProperty("status").GetString(), items[0].GetProperty("meta").GetRawText())
            .Should().Be(("ENTERED", """{"door":1.0E1}"""));
        Members(items[1]).Should().Equal("at", "type");
        items[3].GetProperty("notification_items").GetRawText().Should().Be("[1.0E3]", "the stored items were sent");
        items[4].GetProperty("notification_items").GetRawText().Should().Be(Items);
        Members(items[5]).Should().Equal("at", "type", "status");
    }

    [Test]
    public async Task Timeline_CompletedInstant_StaysWhateverTriggersFollow()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);
        var before = At(await TimelineAsync(chat), "completed");

        await DataAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""");
        await DataAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""");

        At(await TimelineAsync(chat), "completed").Should().Be(before);
    }

    [Test]
    public async Task Timeline_RetriedTrigger_IsThereOnce()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);
        foreach (var _ in Enumerable.Range(0, 3))
            await DataAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""", idempotencyKey: $"{chat}");

        Types(await TimelineAsync(chat)).Should().Equal("started", "completed", "backlist_triggered");
    }

    [Test]
    public async Task Timeline_FailedChat_SaysWhy()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.Answer = _ => """{"status":"error","error":"No such product."}""";
        await DataAsync("GET", Chat(profile, chat));

        var items = (await TimelineAsync(chat)).GetProperty("items").EnumerateArray().ToArray();

        items.Select(item => item.GetProperty("type").GetString()).Should().Equal("started", "failed");
        items[1].GetProperty("last_error").GetString().Should().Contain("No such product.");
    }

    [Test]
    public async Task Timeline_EndedWhileRunning_HasNoResult()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        await DataAsync("DELETE", Chat(profile, chat));

        Types(await TimelineAsync(chat)).Should().Equal("started", "ended");
    }

    [Test]
    public async Task Timeline_ManyTriggers_ShowsTheNewestAndCountsTheRest()
    {
        var chat = await CompletedChatAsync(await ProfileAsync());
        await Rows.ExecuteAsync(
            """
            insert into chat_trigger (chat_id, revision, tenant_id, notification_items, triggered_at)
            select @chat, n + 1, @Demo, convert_to(format('[%s]', n), 'UTF8'), now() + n * interval '1 s' from generate_series(1, 503) n
            """,
            new { chat, Demo });

        var timeline = await TimelineAsync(chat);

        timeline.GetProperty("omitted_triggers").GetInt64().Should().Be(3);
        var triggers = timeline.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("type").GetString() == "backlist_triggered")
            .Select(item => item.GetProperty("notification_items")[0].GetInt32());
        triggers.Should().Equal(Enumerable.Range(4, 500));
    }

    [Test]
    public async Task Timeline_LargeTriggers_ShowsWhatFitsAndOneInAnyCase()
    {
        var chat = await CompletedChatAsync(await ProfileAsync());
        await Rows.ExecuteAsync(
            """
            insert into chat_trigger (chat_id, revision, tenant_id, notification_items, triggered_at)
            select @chat, n + 1, @Demo, convert_to(format('["%s"]', repeat('x', 1500000)), 'UTF8'), now() from generate_series(1, 4) n
            """,
            new { chat, Demo });

        var timeline = await TimelineAsync(chat);

        timeline.GetProperty("omitted_triggers").GetInt64().Should().Be(2);
        Types(timeline).Count(type => type == "backlist_triggered").Should().Be(2);
    }

    [Test]
    public async Task Timeline_OfAnotherTenant_IsAsUnknownAsNone()
    {
        var theirs = await CompletedChatAsync(await ProfileAsync());
        var acme = await Rows.ScalarAsync<Guid>("select tenant_id from tenant where code = 'acme'");

        foreach (var chat in new[] { theirs, Guid.NewGuid() })
        {
            using var response = await Node.Client.SendAsync(ApiCalls.Request(Path(chat), token: Node.TenantToken(acme)));
            response.StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await response.FailureCodeAsync()).Should().Be("CHAT_NOT_FOUND");
        }
    }

    [Test]
    public async Task Timeline_ForTheBackoffice_IsTheSameAndLeavesARecord()
    {
        var chat = await CompletedChatAsync(await ProfileAsync());
        using var response = await Node.Client.SendAsync(
            ApiCalls.Request($"/api/v1/admin/sdk-chat/{chat}/timeline", token: Node.BackofficeToken("ROLE_ADMIN")));

        (await response.DataAsync()).GetRawText().Should().Be((await TimelineAsync(chat)).GetRawText());
        await Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
            "select exists (select from audit_entry where action = 'read_timeline' and tenant_id = @Demo and target_id = @chat)",
            new { Demo, chat }));
    }

    [Test]
    public async Task Trigger_OfAChatThatIsErased_GoesWithIt()
    {
        var chat = await CompletedChatAsync(await ProfileAsync());
        var profile = await Rows.ScalarAsync<Guid>("select profile_id from sdk_chat where chat_id = @chat", new { chat });
        await DataAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""");

        await Rows.ExecuteAsync("delete from pipeline_run where chat_id = @chat", new { chat });
        await Rows.ExecuteAsync("delete from sdk_chat where chat_id = @chat", new { chat });

        (await Rows.ScalarAsync<long>("select count(*) from chat_trigger where chat_id = @chat", new { chat })).Should().Be(0);
    }

    private static string Path(Guid chat) => $"/api/v1/sdk-chat/{chat}/timeline";

    private static IEnumerable<string> Members(JsonElement item) => item.EnumerateObject().Select(member => member.Name);

    private static IEnumerable<string?> Types(JsonElement timeline) =>
        timeline.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("type").GetString());

    private static string? At(JsonElement timeline, string type) =>
        timeline.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("type").GetString() == type).GetProperty("at")
            .GetString();

    private async Task<JsonElement> TimelineAsync(Guid chat)
    {
        using var response = await Node.Client.SendAsync(ApiCalls.Request(Path(chat), token: Node.TenantToken(Demo)));
        return await response.DataAsync();
    }
}
