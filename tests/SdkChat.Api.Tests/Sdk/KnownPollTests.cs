using System.Net;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>Polls with the <c>ETag</c> of an earlier one, without waiting.</summary>
public sealed class KnownPollTests : SdkFixture
{
    [Test]
    public async Task Poll_OfAFinishedChat_Is304UntilItChanges()
    {
        var profile = await ProfileAsync();
        var path = Chat(profile, await CompletedChatAsync(profile, TestPipeline.Completed("[1]")));
        var tag = await TagAsync(path);

        using (var known = await PollAsync(path, tag))
        {
            known.StatusCode.Should().Be(HttpStatusCode.NotModified);
            known.Header("ETag").Should().Be(tag);
            (await known.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        }

        await DataAsync("POST", BackList(profile), """{"notification_items":[2]}""", node: OtherNode);
        var triggered = await ChangedAsync(path, tag, "\"notification_items\":[2]");
        await DataAsync("DELETE", path, node: OtherNode);
        await ChangedAsync(path, triggered, "\"ended_at\":\"");
    }

    [Test]
    public async Task Poll_OfAnUnfinishedChat_Is304AndStillCompletesIt()
    {
        var profile = await ProfileAsync();
        var path = Chat(profile, await ChatAsync(profile));
        var tag = await TagAsync(path);
        using (var running = await PollAsync(path, tag))
            running.StatusCode.Should().Be(HttpStatusCode.NotModified);

        Pipeline.Answer = _ => TestPipeline.Completed("[1.0E2]");

        await Eventually.TrueAsync(async () =>
        {
            using var polled = await PollAsync(path, tag);
            return polled.StatusCode == HttpStatusCode.OK
                && (await polled.Content.ReadAsStringAsync()).Contains("\"todos\":[1.0E2]", StringComparison.Ordinal);
        });
    }

    [Test]
    public async Task Poll_OfAChatThatIsNotTheCallers_Is404EvenWithItsTag()
    {
        var profile = await ProfileAsync();
        var path = Chat(profile, await CompletedChatAsync(profile));
        var tag = await TagAsync(path);
        var other = await ProfileAsync();

        using var tenant = await PollAsync(path, tag, AcmeKey);
        using var sibling = await PollAsync(path.Replace(profile.ToString(), other.ToString(), StringComparison.Ordinal), tag);
        await DataAsync("DELETE", $"/v1/profile/{profile}");
        using var deleted = await PollAsync(path, tag);

        (await tenant.FailureCodeAsync()).Should().Be("PROFILE_NOT_FOUND");
        (await sibling.FailureCodeAsync()).Should().Be("CHAT_NOT_FOUND");
        (await deleted.FailureCodeAsync()).Should().Be("PROFILE_NOT_FOUND");
    }

    [TestCase("*")]
    [TestCase("W/\"1-1\"")]
    [TestCase("W/\"2-1-1776922088000\"")]
    [TestCase("W/\"1--1-1776922088000\"")]
    [TestCase("W/\"1-99999999999-1776922088000\"")]
    [TestCase("W/\"1-1-9223372036854775807\"")]
    [TestCase("W/\"1-1-1776922088000")]
    [TestCase("W/\"uWyCKcVbyKZ8vzFGSbCXBg\", \"x\"")]
    public async Task Poll_WithAnotherTag_IsTheFrozenOne(string tag)
    {
        var profile = await ProfileAsync();

        using var response = await PollAsync(Chat(profile, await CompletedChatAsync(profile)), tag);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("ETag").Should().BeNull();
    }

    [Test]
    public async Task Poll_WithSeveralTags_Is304IfOneFits()
    {
        var profile = await ProfileAsync();
        var path = Chat(profile, await CompletedChatAsync(profile));
        var tag = await TagAsync(path);

        using var response = await PollAsync(path, $"\"other\", W/\"1-7-0\", {tag}");

        response.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    private async Task<string> ChangedAsync(string path, string tag, string part)
    {
        using var response = await PollAsync(path, tag);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Contain(part);
        return response.Header("ETag").Should().NotBe(tag).And.StartWith("W/\"").And.Subject!;
    }

    private async Task<string> TagAsync(string path)
    {
        using var response = await Node.Client.SendAsync(ApiCalls.Request(path, headers: [("X-API-KEY", DemoKey), ("Prefer", "wait=0")]));
        return response.Header("ETag")!;
    }

    private Task<HttpResponseMessage> PollAsync(string path, string tag, string? key = null) =>
        Node.Client.SendAsync(ApiCalls.Request(path, headers: [("X-API-KEY", key ?? DemoKey), ("If-None-Match", tag)]));
}
