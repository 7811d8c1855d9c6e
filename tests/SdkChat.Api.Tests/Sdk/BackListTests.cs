using System.Text.Json;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

public sealed class BackListTests : SdkFixture
{
    [Test]
    public async Task Trigger_WithoutItems_SendsTheStoredOnes()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile, TestPipeline.Completed(notifications: "[ 1.0E2 ]", backList: "in_progress"));

        foreach (var body in new[]
        {
            null, "", "null", " null\n", "{}", """{"chat_id":null,"notification_items":null}""", $$"""{"chat_id":"{{chat}}"}""",
        })
        {
            using var response = await SendAsync("POST", BackList(profile), body);
            (await response.Content.ReadAsStringAsync()).Should().Be(
                $$$"""{"success":true,"data":{"chat_id":"{{{chat}}}","profile_id":"{{{profile}}}","back_list_status":"in_progress","notification_items":[ 1.0E2 ]}}""");
        }

        (await EventsAsync(chat, "backlist_triggered")).Should().Be(7);
    }

    [Test]
    public async Task Trigger_WithItems_ReplacesThemToTheByte()
    {
        const string Items = """[ "\u0000\ud800", 1.0E2, 12345678901234567890 , {"a":"é😀"}, "line\nbreak" ]""";
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile, TestPipeline.Completed("[7]", notifications: "[1]"));

        using var triggered = await SendAsync("POST", BackList(profile), $$"""{"notification_items":{{Items}}}""");

        (await triggered.Content.ReadAsStringAsync()).Should().EndWith($"\"notification_items\":{Items}}}}}");
        var polled = await SendAsync("GET", Chat(profile, chat));
        (await polled.Content.ReadAsStringAsync())
            .Should().Contain($"\"todos\":[7],\"recommended_items\":[],\"notification_items\":{Items},");
        (await Rows.ScalarAsync<byte[]>(
            "select notification_items from chat_event where chat_id = @chat and kind = 'backlist_triggered'", new { chat }))
            .Should().Equal(System.Text.Encoding.UTF8.GetBytes(Items));
    }

    [Test]
    public async Task Trigger_WithoutAChat_TakesTheNewestCompletedThatHasNotEnded()
    {
        var profile = await ProfileAsync();
        (await FailureAsync("POST", BackList(profile))).Should().Be((409, "CHAT_NOT_COMPLETED"));
        var wanted = await CompletedChatAsync(profile);
        var ended = await CompletedChatAsync(profile);
        await DataAsync("DELETE", Chat(profile, ended));
        Pipeline.Answer = _ => TestPipeline.StillRunning;
        await ChatAsync(profile);

        (await DataAsync("POST", BackList(profile), "{}")).GetProperty("chat_id").GetGuid().Should().Be(wanted);
    }

    [Test]
    public async Task Trigger_BeforeCompletionOrAfterTheEnd_IsRefused()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var body = $$"""{"chat_id":"{{chat}}"}""";

        (await FailureAsync("POST", BackList(profile), body)).Should().Be((409, "CHAT_NOT_COMPLETED"));
        await DataAsync("DELETE", Chat(profile, chat));
        (await FailureAsync("POST", BackList(profile), body)).Should().Be((409, "CHAT_ENDED"));

        var completed = await CompletedChatAsync(profile);
        await DataAsync("DELETE", Chat(profile, completed));
        (await FailureAsync("POST", BackList(profile), $$"""{"chat_id":"{{completed}}"}""")).Should().Be((409, "CHAT_ENDED"));
        (await EventsAsync(completed, "backlist_triggered")).Should().Be(0);
    }

    [TestCase("""{"notification_items":{}}""")]
    [TestCase("""{"notification_items":"[]"}""")]
    [TestCase("""{"chat_id":"nonsense"}""")]
    [TestCase("""{"chat_id":17}""")]
    [TestCase("[]")]
    public async Task Trigger_WrongTypes_AreInvalid(string body) =>
        (await FailureAsync("POST", BackList(await ProfileAsync()), body)).Should().Be((400, "VALIDATION_FAILED"));

    [TestCase(200, true)]
    [TestCase(201, false)]
    public async Task Trigger_ManyItems_AreBounded(int count, bool accepted)
    {
        var profile = await ProfileAsync();
        await CompletedChatAsync(profile);
        var body = JsonSerializer.Serialize(
            new { notification_items = Enumerable.Range(0, count).Select(n => new { n, deep = new[] { n } }) });

        using var response = await SendAsync("POST", BackList(profile), body);

        ((int)response.StatusCode).Should().Be(accepted ? 200 : 400);
    }

    [Test]
    public async Task Trigger_ManyAtOnce_AreAllAnnounced()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(n =>
            DataAsync("POST", BackList(profile), $$"""{"notification_items":[{{n}}]}""", node: n % 2 == 0 ? Node : OtherNode)));

        (await EventsAsync(chat, "backlist_triggered")).Should().Be(24);
    }
}
