using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SdkChat.EndToEnd.Tests.FrontDoor.Support;
using SdkChat.TestSupport;

namespace SdkChat.EndToEnd.Tests.FrontDoor;

/// <summary><c>up --nodes 3</c>: several nodes for a person to try.</summary>
public sealed class FleetTests
{
    [Test]
    public async Task Up_WithThreeNodes_ShowsOnEachWhatHappensOnAnotherAndLeavesNothingRunning()
    {
        await using var instance = new Instance();
        Uri[] nodes;
        await using (var up = SdkChatProgram.Start(
            ["up", "--nodes", "3", "--urls", "http://127.0.0.1:0", "--data", instance.Folder], ("HOME", Path.GetTempPath()),
            ("RateLimits__Enabled", "false")))
        {
            nodes = [.. (await up.LineAsync("  Nodes ")).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.StartsWith("http:", StringComparison.Ordinal)).Select(word => new Uri(word))];
            var front = new Uri((await up.LineAsync("  API ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
            var key = (await up.LineAsync("  SDK key ")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
            await up.LineAsync("Ctrl-C");
            var token = (await instance.RunAsync("token", "tenant", "--tenant", "demo")).Output.TrimEnd();
            nodes.Should().HaveCount(3).And.NotContain(front);
            var streams = await Task.WhenAll(nodes.Append(front).Select(node => StreamSocket.ReadyAsync(node, token)));

            var chat = await CompleteAChatAsync(nodes[0], key);

            foreach (var stream in streams)
            {
                await stream.UntilAsync(chat);
                stream.Dispose();
            }

            up.Signal("INT");
            (await up.EndAsync()).Code.Should().Be(0);
        }

        instance.Server.Should().BeNull();
        foreach (var node in nodes)
            await FluentActions.Awaiting(() => new HttpClient().GetAsync(node)).Should().ThrowAsync<HttpRequestException>();
    }

    [TestCase("0")]
    [TestCase("10")]
    [TestCase("many")]
    public async Task Up_WithANumberThatIsNone_SaysWhatItTakes(string nodes)
    {
        var end = await SdkChatProgram.RunAsync(["up", "--nodes", nodes]);

        end.Code.Should().Be(2);
        end.Error.Should().Contain("--nodes");
    }

    private static async Task<string> CompleteAChatAsync(Uri node, string key)
    {
        using var client = new HttpClient { BaseAddress = node };
        client.DefaultRequestHeaders.Add("X-API-KEY", key);
        var profile = (await DataAsync(await client.PostAsJsonAsync("/v1/profile", new { locale = "en" }))).GetProperty("profile_id")
            .GetString();
        var chat = (await DataAsync(await client.PostAsJsonAsync($"/v1/chat/{profile}/recommend", new { prompt = "Dinner ideas?" })))
            .GetProperty("chat_id").GetString()!;
        await Eventually.TrueAsync(async () =>
            (await DataAsync(await client.GetAsync(new Uri($"/v1/chat/{profile}/recommend/{chat}", UriKind.Relative))))
                .GetProperty("status").GetString() == "completed");
        return chat;
    }

    private static async Task<JsonElement> DataAsync(HttpResponseMessage response)
    {
        response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Accepted);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    }
}
