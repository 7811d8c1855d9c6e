using Microsoft.AspNetCore.Http;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

public sealed class PollRaceTests : SdkFixture
{
    /// <summary>So patient that a busy machine cannot turn the race into time-outs.</summary>
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Pipeline:PollTimeoutSeconds"] = "30",
        ["Pipeline:AttemptTimeoutSeconds"] = "30",
        ["Pipeline:CallTimeoutSeconds"] = "40",
    };

    [Test]
    public async Task Poll_SixtyFourAtOnceOnTwoNodes_CompleteTheChatOnce()
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        var asking = new TaskCompletionSource();
        Pipeline.OnAsk = async context =>
        {
            // The polls of a node share one call. Both nodes learn of the end at the same moment.
            if (Pipeline.AsksOf(chat) >= 2)
                asking.TrySetResult();
            await asking.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(TestPipeline.Completed("[1]"));
        };

        var polls = await Task.WhenAll(Enumerable.Range(0, 64).Select(async n =>
        {
            using var response = await SendAsync("GET", Chat(profile, chat), node: n % 2 == 0 ? Node : OtherNode);
            return await response.Content.ReadAsStringAsync();
        }));

        polls.Distinct().Should().ContainSingle().Which.Should().Contain("\"status\":\"completed\"");
        (await EventsAsync(chat, "chat_completed")).Should().Be(1);
        (await Rows.ScalarAsync<int>("select revision from sdk_chat where chat_id = @chat", new { chat })).Should().Be(1);
    }
}
