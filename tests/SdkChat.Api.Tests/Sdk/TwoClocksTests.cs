using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>
/// Two nodes whose clocks are five seconds apart take turns: no chat's instants contradict each other, and history stays whole.
/// </summary>
public sealed class TwoClocksTests() : SdkFixture(nodes: 1)
{
    private const int Size = 5;

    private TestApi _ahead = null!;

    [OneTimeSetUp]
    public async Task StartNodeAheadAsync() =>
        _ahead = await StartNodeAsync(services: services => services.AddSingleton<TimeProvider>(new OffsetClock(TimeSpan.FromSeconds(5))));

    [OneTimeTearDown]
    public async Task StopNodeAheadAsync() => await _ahead.DisposeAsync();

    [Test]
    public async Task Transition_OnTheNodeThatIsBehind_IsNotBeforeWhatTheRowHas()
    {
        var profile = await ProfileAsync();
        var started = await StartAsync(profile, _ahead);
        Pipeline.Answer = _ => TestPipeline.Completed();
        await Eventually.TrueAsync(
            async () => (await DataAsync("GET", Chat(profile, started))).GetProperty("status").GetString() == "completed");
        await DataAsync("POST", BackList(profile), """{"notification_items":[1]}""", node: Node);

        var ended = await DataAsync("DELETE", Chat(profile, started), node: Node);

        var (created, updated) = (Instant(ended, "created_at"), Instant(ended, "updated_at"));
        updated.Should().BeOnOrAfter(created);
        Instant(ended, "ended_at").Should().BeOnOrAfter(updated);
    }

    [Test]
    public async Task Profile_ChangedAndDeletedOnTheNodeThatIsBehind_IsNotBeforeWhatTheRowHas()
    {
        var profile = (await DataAsync("POST", "/v1/profile", "{}", node: _ahead)).GetProperty("profile_id").GetGuid();
        await DataAsync("POST", $"/v1/profile/{profile}/session/start", node: _ahead);
        await DataAsync("PUT", $"/v1/profile/{profile}", """{"age":32}""", node: Node);
        (await RightAsync("updated_at >= created_at")).Should().BeTrue();

        await DataAsync("DELETE", $"/v1/profile/{profile}", node: Node);

        (await RightAsync("updated_at >= created_at and deleted_at >= created_at")).Should().BeTrue();
        (await Rows.ScalarAsync<bool>("select ended_at >= started_at from profile_session where profile_id = @profile", new { profile }))
            .Should().BeTrue();

        Task<bool> RightAsync(string condition) =>
            Rows.ScalarAsync<bool>($"select {condition} from sdk_profile where profile_id = @profile", new { profile });
    }

    [Test]
    public async Task History_OfChatsThatTwoClocksDated_HasOneOrderExactTotalsAndNoRowTwice()
    {
        var profile = await ProfileAsync();
        var chats = new List<Guid>();
        for (var n = 0; n < 14; n++)
            chats.Add(await StartAsync(profile, n % 2 == 0 ? Node : _ahead));

        foreach (var node in new[] { Node, _ahead })
        {
            var all = await PageAsync(node, $"?profile_id={profile}&size=100");
            Total(all).Should().Be(chats.Count);
            Keys(all).Should().BeEquivalentTo(chats);
            Keys(all).Should().Equal(Items(all).OrderByDescending(item => Instant(item, "created_at")).ThenByDescending(Id).Select(Id));
        }
    }

    /// <summary>What comes meanwhile from the node that is behind sorts in the middle of what was there.</summary>
    [Test]
    public async Task Pages_FollowedWhileBothNodesStartChats_ShowEveryChatOfBeforeOnce()
    {
        var profile = await ProfileAsync();
        var before = new List<Guid>();
        for (var n = 0; n < 14; n++)
            before.Add(await StartAsync(profile, n % 2 == 0 ? Node : _ahead));

        var seen = new List<Guid>();
        var next = $"?profile_id={profile}&size={Size}";
        for (var count = before.Count; next.Length > 0; count += 2)
        {
            using var response = await ListAsync(count % 4 == 0 ? Node : _ahead, next);
            var page = await response.DataAsync();
            Total(page).Should().Be(count);
            seen.AddRange(Keys(page));
            next = Next(response);
            await StartAsync(profile, Node);
            await StartAsync(profile, _ahead);
        }

        seen.Should().OnlyHaveUniqueItems().And.Contain(before);
    }

    private async Task<Guid> StartAsync(Guid profile, TestApi node) =>
        (await DataAsync("POST", Chats(profile), """{"prompt":"Dinner ideas?"}""", node: node)).GetProperty("chat_id").GetGuid();

    private async Task<JsonElement> PageAsync(TestApi node, string query)
    {
        using var response = await ListAsync(node, query);
        return await response.DataAsync();
    }

    private async Task<HttpResponseMessage> ListAsync(TestApi node, string query) =>
        await node.Client.SendAsync(ApiCalls.Request($"/api/v1/sdk-chat{query}", token: node.TenantToken(Demo)));

    /// <summary>The query of the link to the next page; empty where there is none.</summary>
    private static string Next(HttpResponseMessage response)
    {
        var link = response.Headers.GetValues("Link").SelectMany(value => value.Split(", "))
            .FirstOrDefault(value => value.EndsWith("rel=\"next\"", StringComparison.Ordinal));
        return link is null ? "" : link[link.IndexOf('?', StringComparison.Ordinal)..link.IndexOf('>', StringComparison.Ordinal)];
    }

    private static IEnumerable<JsonElement> Items(JsonElement page) => page.GetProperty("items").EnumerateArray();

    private static IEnumerable<Guid> Keys(JsonElement page) => Items(page).Select(Id);

    private static Guid Id(JsonElement item) => item.GetProperty("chat_id").GetGuid();

    private static long Total(JsonElement page) => page.GetProperty("total").GetInt64();

    private static DateTimeOffset Instant(JsonElement item, string name) => item.GetProperty(name).GetDateTimeOffset();
}
