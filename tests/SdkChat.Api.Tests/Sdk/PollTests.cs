using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

public sealed class PollTests : SdkFixture
{
    private static readonly string[] PollShape =
    [
        "chat_id", "profile_id", "prompt", "status", "back_list_status", "todos", "recommended_items", "notification_items",
        "last_error", "created_at", "updated_at", "ended_at",
    ];

    [Test]
    public async Task Poll_RunThatGoesOn_IsInProgress()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);

        var data = await DataAsync("GET", Chat(profile, chat));

        data.EnumerateObject().Select(member => member.Name).Should().Equal(PollShape);
        data.GetProperty("status").GetString().Should().Be("in_progress");
        data.GetProperty("back_list_status").GetString().Should().Be("not_started");
        data.GetProperty("todos").GetRawText().Should().Be("[]");
        data.GetProperty("last_error").ValueKind.Should().Be(JsonValueKind.Null);
        Pipeline.AsksOf(chat).Should().BeGreaterThan(0);
    }

    [Test]
    public async Task Poll_RunThatCompleted_ShowsTheResultToTheByteForGood()
    {
        const string Todos = """[ 1.0E2 , 12345678901234567890,"\u0000",  "\ud800", {"a":1,"a":2}, "</script> 'é" ]""";
        const string Recommended = "[\n{\"x\": -0.0}\n]";
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile, TestPipeline.Completed(Todos, Recommended, "[null]", "in_progress"));
        Pipeline.Answer = _ => throw new InvalidOperationException("Nobody asks any more.");

        using var polled = await SendAsync("GET", Chat(profile, chat));
        using var detail = await Node.Client.SendAsync(ApiCalls.Request($"/api/v1/sdk-chat/{chat}", token: Node.TenantToken(Demo)));

        foreach (var response in new[] { polled, detail })
        {
            var text = await response.Content.ReadAsStringAsync();
            text.Should().Contain(
                $"\"status\":\"completed\",\"back_list_status\":\"in_progress\",\"todos\":{Todos},\"recommended_items\":{Recommended},"
                + "\"notification_items\":[null]");
        }

        (await EventsAsync(chat, "chat_completed")).Should().Be(1);
        (await Rows.ScalarAsync<long>("select count(*) from pipeline_run where chat_id = @chat", new { chat })).Should().Be(0);
    }

    [Test]
    public async Task Poll_RunThatFailed_IsAnErrorWithItsReason()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.Answer = _ => """{"status":"error","error":"The model is out of stock."}""";

        var data = await DataAsync("GET", Chat(profile, chat));

        data.GetProperty("status").GetString().Should().Be("error");
        data.GetProperty("last_error").GetString().Should().Be("The model is out of stock.");
        (await EventsAsync(chat, "chat_failed")).Should().Be(1);
        (await FailureAsync("POST", BackList(profile), $$"""{"chat_id":"{{chat}}"}""")).Should().Be((409, "CHAT_NOT_COMPLETED"));
    }

    [TestCase(StatusCodes.Status500InternalServerError, "")]
    [TestCase(StatusCodes.Status200OK, "<html>")]
    [TestCase(StatusCodes.Status302Found, "")]
    public async Task Poll_PipelineThatTalksGarbage_AnswersTheStoredRow(int status, string body)
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.OnAsk = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            context.Response.Headers.Location = "/base/elsewhere";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
        };

        (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString().Should().Be("in_progress");
    }

    [Test]
    public async Task Poll_PipelineThatNeverAnswers_IsBounded()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        await using var node = await StartNodeAsync(settings: new Dictionary<string, string?> { ["Pipeline:PollTimeoutSeconds"] = "0.5" });
        Pipeline.OnAsk = TestPipeline.NeverAnswerAsync;
        var started = TimeProvider.System.GetTimestamp();

        (await DataAsync("GET", Chat(profile, chat), node: node)).GetProperty("status").GetString().Should().Be("in_progress");

        // One attempt alone may take half a minute.
        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(25));
    }

    [Test]
    public async Task Stop_WhileThePipelineDoesNotAnswerAPoll_DoesNotWaitForIt()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var node = await StartNodeAsync(settings: new Dictionary<string, string?> { ["Pipeline:PollTimeoutSeconds"] = "0.5" });
        Pipeline.OnAsk = TestPipeline.NeverAnswerAsync;
        await DataAsync("GET", Chat(profile, chat), node: node);
        var started = TimeProvider.System.GetTimestamp();

        await node.DisposeAsync();

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Deadlines.BelowHostLimit);
    }

    [Test]
    public async Task Poll_ChatOfAnotherProfile_IsUnknown()
    {
        var (profile, other) = (await ProfileAsync(), await ProfileAsync());
        var chat = await CompletedChatAsync(profile);

        (await FailureAsync("GET", Chat(other, chat))).Should().Be((404, "CHAT_NOT_FOUND"));
        (await FailureAsync("DELETE", Chat(other, chat))).Should().Be((404, "CHAT_NOT_FOUND"));
        (await FailureAsync("POST", BackList(other), $$"""{"chat_id":"{{chat}}"}""")).Should().Be((404, "CHAT_NOT_FOUND"));
        (await FailureAsync("GET", Chat(profile, Guid.NewGuid()))).Should().Be((404, "CHAT_NOT_FOUND"));
        (await FailureAsync("GET", $"{Chats(profile)}/not-a-uuid")).Should().Be((400, "VALIDATION_FAILED"));
    }

    [Test]
    public async Task Poll_SeededChatWithoutARun_IsShownAsItIs()
    {
        var profile = await ProfileAsync();
        var chat = await Rows.ChatAsync(Demo, profile);

        (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString().Should().Be("in_progress");

        Pipeline.AsksOf(chat).Should().Be(0);
    }

    [Test]
    public async Task List_OfAProfile_HasItsChatsAndLinks()
    {
        var (profile, other) = (await ProfileAsync(), await ProfileAsync());
        await ChatAsync(other);
        var first = await ChatAsync(profile);
        var second = await ChatAsync(profile);

        using var response = await SendAsync("GET", Chats(profile) + "?size=1");

        var data = await response.DataAsync();
        data.EnumerateObject().Select(member => member.Name).Should().Equal("items", "total", "page", "size");
        data.GetProperty("total").GetInt64().Should().Be(2);
        data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("chat_id").GetGuid()).Should().Equal(second);
        var next = response.Header("Link")!.Split('<', '>')[1];
        (await DataAsync("GET", next)).GetProperty("items")[0].GetProperty("chat_id").GetGuid().Should().Be(first);
        (await FailureAsync("GET", Chats(profile) + "?size=0")).Should().Be((400, "VALIDATION_FAILED"));
    }

    [Test]
    public async Task Delete_InProgress_EndsTheChatAndItsRun()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);

        using var first = await SendAsync("DELETE", Chat(profile, chat));
        using var again = await SendAsync("DELETE", Chat(profile, chat), node: OtherNode);
        Pipeline.Answer = _ => TestPipeline.Completed();
        using var polled = await SendAsync("GET", Chat(profile, chat));

        var body = await first.Content.ReadAsStringAsync();
        body.Should().Contain("\"status\":\"ended\"").And.NotContain("\"ended_at\":null");
        (await again.Content.ReadAsStringAsync()).Should().Be(body);
        (await polled.Content.ReadAsStringAsync()).Should().Be(body);
        (await EventsAsync(chat, "chat_ended")).Should().Be(1);
        (await Rows.ScalarAsync<long>("select count(*) from pipeline_run where chat_id = @chat", new { chat })).Should().Be(0);
    }

    [Test]
    public async Task Delete_Completed_KeepsResultAndStatus()
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile, TestPipeline.Completed("[1]"));
        var before = await DataAsync("GET", Chat(profile, chat));

        var ended = await DataAsync("DELETE", Chat(profile, chat));

        ended.EnumerateObject().Select(member => member.Name).Should().Equal(PollShape);
        ended.GetProperty("status").GetString().Should().Be("completed");
        ended.GetProperty("todos").GetRawText().Should().Be("[1]");
        ended.GetProperty("ended_at").ValueKind.Should().Be(JsonValueKind.String);
        ended.GetProperty("updated_at").GetString().Should().Be(before.GetProperty("updated_at").GetString());
    }
}
