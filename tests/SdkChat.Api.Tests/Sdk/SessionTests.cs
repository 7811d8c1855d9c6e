using System.Net;

namespace SdkChat.Api.Tests.Sdk;

public sealed class SessionTests : SdkFixture
{
    [Test]
    public async Task Session_StartedAndEnded_ShowsBoth()
    {
        var profile = await ProfileAsync();

        var started = await DataAsync("POST", $"/v1/profile/{profile}/session/start");
        var ended = await DataAsync("POST", $"/v1/profile/{profile}/session/end");

        started.EnumerateObject().Select(member => member.Name).Should().Equal("session_id", "profile_id", "started_at");
        ended.EnumerateObject().Select(member => member.Name).Should().Equal("session_id", "profile_id", "started_at", "ended_at");
        ended.GetProperty("session_id").GetGuid().Should().Be(started.GetProperty("session_id").GetGuid());
        ended.GetProperty("started_at").GetString().Should().Be(started.GetProperty("started_at").GetString());
    }

    [Test]
    public async Task Session_Second_IsRefusedUntilTheFirstHasEnded()
    {
        var profile = await ProfileAsync();
        (await FailureAsync("POST", $"/v1/profile/{profile}/session/end")).Should().Be((409, "NO_ACTIVE_SESSION"));
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");

        (await FailureAsync("POST", $"/v1/profile/{profile}/session/start")).Should().Be((409, "SESSION_ACTIVE"));

        await DataAsync("POST", $"/v1/profile/{profile}/session/end");
        (await FailureAsync("POST", $"/v1/profile/{profile}/session/end")).Should().Be((409, "NO_ACTIVE_SESSION"));
        await DataAsync("POST", $"/v1/profile/{profile}/session/start");
    }

    [Test]
    public async Task Session_RacedForOnTwoNodes_HasOneWinner()
    {
        var profile = await ProfileAsync();

        (await RaceAsync($"/v1/profile/{profile}/session/start")).Should().ContainSingle(status => status == HttpStatusCode.OK);
        (await RaceAsync($"/v1/profile/{profile}/session/end")).Should().ContainSingle(status => status == HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode[]> RaceAsync(string path) =>
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            using var response = await SendAsync("POST", path, node: n % 2 == 0 ? Node : OtherNode);
            response.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Conflict);
            return response.StatusCode;
        }));
}
