using SdkChat.Api.Tests.Sdk;
using SdkChat.Api.Tests.Support;

namespace SdkChat.Api.Tests.Live;

/// <summary>From an app's call to the admin's stream and detail, nothing in between touches a value.</summary>
public sealed class NastyItemsTests : SdkFixture
{
    private static readonly string[] Items =
    [
        """[{"text":"line\nline\r\n\ttab \"quoted\" \\ back \/ slash"}]""",
        "[\"\u2028 and \u2029\",\"\u0085\",\"😀 안녕 こんにちは\"]",
        """["\u0000","\ud800","\udfff\ud800","\u2028"]""",
        "[1.0E2,12345678901234567890,1e400,-0,0.10000000000000000000001]",
        """["data: x","event: ping","id: 1","retry: 1",": comment"]""",
        "[\"" + new string('x', 60_000) + "\"]",
    ];

    [TestCaseSource(nameof(Items))]
    public async Task Trigger_NastyItems_AreOneEventAndOneDetailAsSent(string items)
    {
        var profile = await ProfileAsync();
        var chat = await CompletedChatAsync(profile);
        await using var reader = await LiveReader.OpenAsync(OtherNode, Demo);

        await DataAsync("POST", BackList(profile), $$"""{"notification_items":{{items}}}""");

        (await TriggeredAsync(reader))
            .Should().Be($$"""{"profile_id":"{{profile}}","chat_id":"{{chat}}","notification_items":{{items}}}""");
        using var detail = await Node.Client.SendAsync(ApiCalls.Request($"/api/v1/sdk-chat/{chat}", token: Node.TenantToken(Demo)));
        (await detail.Content.ReadAsStringAsync()).Should().Contain($"\"notification_items\":{items},");
    }

    [Test]
    public async Task Trigger_LineEndsBetweenValues_AreOneEventWithEveryValue()
    {
        var profile = await ProfileAsync();
        await CompletedChatAsync(profile);
        await using var reader = await LiveReader.OpenAsync(OtherNode, Demo);

        await DataAsync("POST", BackList(profile), "{\"notification_items\":[\r\n  1.0E2,\r  {\"a\":\n\"\\n\"}\n]}");

        (await TriggeredAsync(reader)).Should().EndWith("\"notification_items\":[    1.0E2,   {\"a\": \"\\n\"} ]}");
    }

    /// <summary>What was committed a moment before <c>ready</c> may come too.</summary>
    private static async Task<string> TriggeredAsync(LiveReader reader)
    {
        var seen = await reader.NextAsync();
        return seen.EventType == "chat_completed" ? (await reader.NextAsync()).Data : seen.Data;
    }
}
