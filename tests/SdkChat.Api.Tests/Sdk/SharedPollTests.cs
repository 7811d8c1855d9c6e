using Microsoft.AspNetCore.Http;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>Many polls of one unfinished chat, with an HTTP pipeline that counts its calls.</summary>
public sealed class SharedPollTests : SdkFixture
{
    private const double Interval = 0.5;

    [TestCase(1)]
    [TestCase(2)]
    public async Task Poll_ByManyAtOnce_AsksOncePerIntervalAndNode(int nodes)
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var (started, polls) = (TimeProvider.System.GetTimestamp(), 0);

        // Each of them polls without a pause, until each node has asked a few times.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            while (Pipeline.AsksOf(chat) < 3 * nodes)
            {
                await DataAsync("GET", Chat(profile, chat), node: n % nodes == 0 ? Node : OtherNode);
                Interlocked.Increment(ref polls);
            }
        }));

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        ((double)Pipeline.AsksOf(chat)).Should().BeLessThanOrEqualTo(nodes * ((seconds / Interval) + 1));
        polls.Should().BeGreaterThan(Pipeline.AsksOf(chat));
    }

    [Test]
    public async Task Poll_RunThatEndsAfterAReport_IsCompletedByALaterPoll()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        await DataAsync("GET", Chat(profile, chat));

        Pipeline.Answer = _ => TestPipeline.Completed("[1]");

        await Eventually.TrueAsync(async () =>
            (await DataAsync("GET", Chat(profile, chat))) is var data
            && data.GetProperty("status").GetString() == "completed"
            && data.GetProperty("todos").GetRawText() == "[1]");
        (await EventsAsync(chat, "chat_completed")).Should().Be(1);
    }

    [Test]
    public async Task Poll_PipelineThatFailsEverySecondTime_CompletesTheChat()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.OnAsk = context =>
        {
            var asks = Pipeline.AsksOf(chat);
            context.Response.StatusCode = asks % 2 == 1 ? StatusCodes.Status409Conflict : StatusCodes.Status200OK;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(asks < 4 ? TestPipeline.StillRunning : TestPipeline.Completed());
        };

        await Eventually.TrueAsync(
            async () => (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString() == "completed");

        Pipeline.AsksOf(chat).Should().Be(4);
    }

    [Test]
    public async Task Poll_ChatThatIsEndedDuringTheCall_IsEnded()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var ended = new TaskCompletionSource();
        Pipeline.OnAsk = async context =>
        {
            await ended.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(TestPipeline.Completed("[1]"));
        };
        var polls = Enumerable.Range(0, 4).Select(_ => DataAsync("GET", Chat(profile, chat))).ToArray();
        await Eventually.TrueAsync(() => Pipeline.AsksOf(chat) > 0);

        await DataAsync("DELETE", Chat(profile, chat));
        ended.SetResult();

        (await Task.WhenAll(polls)).Select(poll => poll.GetProperty("status").GetString()).Should().AllBe("ended");
        (await EventsAsync(chat, "chat_completed")).Should().Be(0);
    }
}
