using System.Net;
using System.Text.Json;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

public sealed class KickoffTests : SdkFixture
{
    private static IEnumerable<string> GoodPrompts =>
    [
        "x", " \n Dinner? \t", new string('x', 4000), "  " + new string('あ', 4000) + "  ", string.Concat(Enumerable.Repeat("😀", 4000)),
        "line\nbreak \u2028 \"quoted\"",
    ];

    private static IEnumerable<string> BadPrompts =>
        ["", "   ", new string('x', 4001), new string('x', 5000), string.Concat(Enumerable.Repeat("😀", 4001)), "a\0b"];

    [Test]
    public async Task Kickoff_Prompt_IsAcceptedAndStored()
    {
        var profile = await ProfileAsync();
        var session = (await DataAsync("POST", $"/v1/profile/{profile}/session/start")).GetProperty("session_id").GetGuid();

        using var response = await SendAsync("POST", Chats(profile), """{"prompt":"  Dinner?  ","unknown":true}""");

        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var data = body.RootElement.GetProperty("data");
        data.EnumerateObject().Select(member => member.Name).Should().Equal("chat_id", "profile_id", "status");
        data.GetProperty("status").GetString().Should().Be("in_progress");
        var chat = data.GetProperty("chat_id").GetGuid();
        chat.Version.Should().Be(7);
        (await Rows.ScalarAsync<Guid>("select profile_session_id from sdk_chat where chat_id = @chat and prompt = 'Dinner?'", new { chat }))
            .Should().Be(session);
        (await EventsAsync(chat, "chat_started")).Should().Be(1);
    }

    [TestCaseSource(nameof(GoodPrompts))]
    public async Task Kickoff_GoodPrompt_IsKeptTrimmed(string prompt)
    {
        var profile = await ProfileAsync();

        var chat = (await DataAsync("POST", Chats(profile), JsonSerializer.Serialize(new { prompt }))).GetProperty("chat_id").GetGuid();

        (await DataAsync("GET", Chat(profile, chat))).GetProperty("prompt").GetString().Should().Be(prompt.Trim());
    }

    [TestCaseSource(nameof(BadPrompts))]
    public async Task Kickoff_BadPrompt_IsInvalid(string prompt) =>
        await RefusedAsync(JsonSerializer.Serialize(new { prompt }));

    [TestCase("{}")]
    [TestCase("""{"prompt":null}""")]
    [TestCase("""{"prompt":17}""")]
    [TestCase("""{"prompt":["Dinner?"]}""")]
    [TestCase("""{"prompt":"half \ud800 a pair"}""")]
    [TestCase("null")]
    [TestCase("[]")]
    public async Task Kickoff_NoPrompt_IsInvalid(string body) => await RefusedAsync(body);

    [Test]
    public async Task Kickoff_ProfileNobodyKnows_IsNotFound() =>
        (await FailureAsync("POST", Chats(Guid.NewGuid()), """{"prompt":"x"}""")).Should().Be((404, "PROFILE_NOT_FOUND"));

    [Test]
    public async Task Kickoff_PipelineThatNeverAnswers_DoesNotHoldItUp()
    {
        Pipeline.OnStart = TestPipeline.NeverAnswerAsync;
        var profile = await ProfileAsync();

        var chat = (await DataAsync("POST", Chats(profile), """{"prompt":"x"}""")).GetProperty("chat_id").GetGuid();

        (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString().Should().Be("in_progress");
    }

    [Test]
    public async Task Kickoff_Run_ReachesThePipelineWithTheProfile()
    {
        var profile = await ProfileAsync("""{"name":"佐藤","locale":"ja","n":1.50}""");

        var chat = await ChatAsync(profile, "夕食は?");

        using var body = JsonDocument.Parse(Pipeline.Started[chat.ToString()]);
        body.RootElement.GetRawText().Should().Be(
            $$"""{"run_id":"{{chat}}","tenant_code":"demo","profile_id":"{{profile}}","profile":{"n": 1.50, "name": "佐藤", "locale": "ja"},"prompt":"夕食は?","locale":"ja"}""");
    }

    private async Task RefusedAsync(string body)
    {
        var profile = await ProfileAsync();

        (await FailureAsync("POST", Chats(profile), body)).Should().Be((400, "VALIDATION_FAILED"));

        (await Rows.ScalarAsync<long>("select count(*) from sdk_chat where profile_id = @profile", new { profile })).Should().Be(0);
    }
}
