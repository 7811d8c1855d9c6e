using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>What becomes of chats that nobody asks about, whatever the pipeline and the nodes are up to.</summary>
public sealed class LifecycleTests : SdkFixture
{
    /// <summary>
    /// Both nodes sweep, and often. A call that a busy machine delays is not repeated: tests count calls, and expect their answers.
    /// </summary>
    protected override Dictionary<string, string?> Settings => new(base.Settings)
    {
        ["Pipeline:SweepIntervalSeconds"] = "0.1",
        ["Pipeline:BreakSeconds"] = "0.5",
    };

    [Test]
    public async Task Sweep_OnTwoNodes_CompletesChatsNobodyPollsOnceEach()
    {
        var profile = await ProfileAsync();
        var startsBefore = Pipeline.Starts;
        var chats = new List<Guid>();
        for (var n = 0; n < 30; n++)
            chats.Add(
                (await DataAsync("POST", Chats(profile), """{"prompt":"x"}""", node: n % 2 == 0 ? Node : OtherNode)).GetProperty("chat_id")
                    .GetGuid());
        Pipeline.Answer = _ => TestPipeline.Completed();

        await UntilAsync(chats, "completed");

        (await Rows.ScalarAsync<long>(
            "select count(*) from chat_event where profile_id = @profile and kind = 'chat_completed'", new { profile }))
            .Should().Be(30);
        (Pipeline.Starts - startsBefore).Should().Be(30, "each run is started by one node");
        (await Rows.ScalarAsync<long>("select count(*) from pipeline_run where chat_id = any(@chats)", new { chats = chats.ToArray() }))
            .Should().Be(0);
    }

    [Test]
    public async Task Kickoff_NodeThatDiesBeforeTheStart_LosesNothing()
    {
        // It answers 202, and never gets to the pipeline: what a crash right after the commit leaves.
        await using var dying = await StartNodeWithoutWorkerAsync();
        var profile = await ProfileAsync();
        Pipeline.Answer = _ => TestPipeline.Completed();

        var chat = (await DataAsync("POST", Chats(profile), """{"prompt":"x"}""", node: dying)).GetProperty("chat_id").GetGuid();

        await UntilAsync([chat], "completed");
    }

    [Test]
    public async Task Run_PipelineThatIsDownAtFirst_IsStartedWhenItReturns()
    {
        Pipeline.OnStart = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var profile = await ProfileAsync();
        var chat = (await DataAsync("POST", Chats(profile), """{"prompt":"x"}""")).GetProperty("chat_id").GetGuid();
        await Eventually.TrueAsync(
            () => Rows.ScalarAsync<bool>("select attempts > 1 from pipeline_run where chat_id = @chat", new { chat }));

        Pipeline.OnStart = null;
        Pipeline.Answer = _ => TestPipeline.Completed();

        await UntilAsync([chat], "completed");
    }

    [Test]
    public async Task Run_ThatThePipelineHasLost_IsStartedAgain()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.Started.TryRemove(chat.ToString(), out _);
        Pipeline.OnAsk = context =>
        {
            context.Response.StatusCode = Pipeline.Started.ContainsKey(chat.ToString()) ? 200 : 404;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(TestPipeline.Completed());
        };

        await UntilAsync([chat], "completed");

        Pipeline.Started.Should().ContainKey(chat.ToString());
    }

    [Test]
    public async Task Run_ThePipelineRefuses_IsAnErrorAtOnce()
    {
        Pipeline.OnStart = context =>
        {
            context.Response.StatusCode = 422;
            return Task.CompletedTask;
        };
        var profile = await ProfileAsync();

        var chat = (await DataAsync("POST", Chats(profile), """{"prompt":"x"}""")).GetProperty("chat_id").GetGuid();

        await UntilAsync([chat], "error");
        (await LastErrorAsync(chat)).Should().Be("The pipeline refused the run (HTTP 422).");
        (await EventsAsync(chat, "chat_failed")).Should().Be(1);
    }

    [TestCase(false, "The pipeline did not finish within 120 s.")]
    [TestCase(true, "The pipeline gave no usable answer within 120 s.")]
    public async Task Run_PastItsTimeLimit_IsAnErrorWithAReason(bool garbage, string reason)
    {
        Pipeline.Answer = _ => garbage ? "garbage" : TestPipeline.StillRunning;
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);

        await Rows.ExecuteAsync("update sdk_chat set created_at = created_at - interval '121 seconds' where chat_id = @chat", new { chat });

        await UntilAsync([chat], "error");
        (await LastErrorAsync(chat)).Should().Be(reason);
        (await EventsAsync(chat, "chat_failed")).Should().Be(1);
    }

    [Test]
    public async Task Sweep_SeededChats_AreLeftAlone()
    {
        var profile = await ProfileAsync();
        var seeded = await Rows.ChatAsync(Demo, profile, createdAt: DateTimeOffset.UnixEpoch);
        Pipeline.Answer = _ => TestPipeline.Completed();
        await UntilAsync([(await DataAsync("POST", Chats(profile), """{"prompt":"x"}""")).GetProperty("chat_id").GetGuid()], "completed");

        (await Rows.ScalarAsync<string>("select status from sdk_chat where chat_id = @seeded", new { seeded })).Should().Be("in_progress");
    }

    [Test]
    public async Task Delete_WhileTheRunEnds_IsOneOrTheOther()
    {
        var profile = await ProfileAsync();
        for (var round = 0; round < 10; round++)
        {
            Pipeline.Answer = _ => TestPipeline.StillRunning;
            var chat = await ChatAsync(profile);
            Pipeline.Answer = _ => TestPipeline.Completed();

            await Task.WhenAll(DataAsync("DELETE", Chat(profile, chat)), DataAsync("GET", Chat(profile, chat), node: OtherNode));

            var completed = await EventsAsync(chat, "chat_completed");
            var polled = await DataAsync("GET", Chat(profile, chat));
            polled.GetProperty("status").GetString().Should().Be(completed == 1 ? "completed" : "ended");
            polled.GetProperty("ended_at").ValueKind.Should().Be(System.Text.Json.JsonValueKind.String);
            (await EventsAsync(chat, "chat_ended")).Should().Be(1);
        }
    }

    [Test]
    public async Task Kickoff_WithTheDemoPipeline_CompletesByItselfInTheProfilesLanguage()
    {
        await using var demo = await StartNodeAsync(pipeline: "");
        var profile = await ProfileAsync("""{"locale":"ja"}""");

        // The other nodes would hand the run to the pipeline that they know; a real installation has one.
        var chat = (await DataAsync("POST", Chats(profile), """{"prompt":"夕食は?"}""", node: demo)).GetProperty("chat_id").GetGuid();

        await Eventually.TrueAsync(async () =>
            (await DataAsync("GET", Chat(profile, chat), node: demo)).GetProperty("status").GetString() == "completed");
        var todo = (await DataAsync("GET", Chat(profile, chat), node: demo)).GetProperty("todos")[0];
        todo.EnumerateObject().Select(member => member.Name).Should().Equal("id", "text", "quantity");
        todo.GetProperty("text").GetString().Should().MatchRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]");
    }

    private Task<TestApi> StartNodeWithoutWorkerAsync() => StartNodeAsync(services: services =>
    {
        var worker = services.Single(
            service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "RunWorker");
        services.Remove(worker);
    });

    private Task UntilAsync(IReadOnlyCollection<Guid> chats, string status) => Eventually.TrueAsync(() => Rows.ScalarAsync<bool>(
        "select count(*) = @count from sdk_chat where chat_id = any(@chats) and status = @status",
        new { count = chats.Count, chats = chats.ToArray(), status }));

    private Task<string> LastErrorAsync(Guid chat) =>
        Rows.ScalarAsync<string>("select last_error from sdk_chat where chat_id = @chat", new { chat });
}
