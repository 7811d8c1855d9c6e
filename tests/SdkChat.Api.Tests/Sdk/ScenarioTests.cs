using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Sdk;

/// <summary>The demo pipeline's scenarios (docs/ci.md), from the kickoff to the tenant's history.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ScenarioTests : SdkFixture
{
    protected override string PipelineUrl => "";

    /// <summary>A run that never ends fails after three seconds.</summary>
    protected override Dictionary<string, string?> Settings => new() { ["Pipeline:RunTimeoutSeconds"] = "3" };

    [TestCase("[[error]] Dinner?", "error", "The demo pipeline failed the run, as the prompt asked.")]
    [TestCase("[[timeout]] Dinner?", "error", "The pipeline did not finish within 3 s.")]
    [TestCase("[[slow 0s]] Dinner?", "completed", null)]
    [TestCase("[[unheard of]] Dinner?", "completed", null)]
    public async Task Kickoff_WithAScenario_EndsAsItSays(string prompt, string status, string? error)
    {
        var chat = await EndAsync(prompt);

        chat.GetProperty("status").GetString().Should().Be(status);
        chat.GetProperty("last_error").GetString().Should().Be(error);
        chat.GetProperty("todos").GetArrayLength()
            .Should().Be(status == "error" ? 0 : chat.GetProperty("recommended_items").GetArrayLength() - 2);
        chat.GetProperty("prompt").GetString().Should().Be(prompt);
    }

    [Test]
    public async Task Kickoff_Empty_HasNoItems()
    {
        var chat = await EndAsync("[[empty]]");

        chat.GetProperty("status").GetString().Should().Be("completed");
        new[] { "todos", "recommended_items", "notification_items" }.Sum(list => chat.GetProperty(list).GetArrayLength()).Should().Be(0);
    }

    [Test]
    public async Task Kickoff_Odd_IsShownToTheByte() =>
        (await EndAsync("[[odd]]")).GetProperty("todos").GetRawText().Should().Contain("1.0E2, -0.0, 12345678901234567890");

    [Test]
    public async Task Kickoff_Large_IsShownWhole()
    {
        var chat = await EndAsync("[[large]]");

        chat.GetProperty("notification_items").GetArrayLength().Should().Be(200);
        (await DataAsync("POST", BackList(chat.GetProperty("profile_id").GetGuid()))).GetProperty("notification_items").GetArrayLength()
            .Should().Be(200);
    }

    private async Task<JsonElement> EndAsync(string prompt)
    {
        var profile = await ProfileAsync();
        var chat = (await DataAsync("POST", Chats(profile), JsonSerializer.Serialize(new { prompt }))).GetProperty("chat_id").GetGuid();
        await Eventually.TrueAsync(
            async () => (await DataAsync("GET", Chat(profile, chat))).GetProperty("status").GetString() != "in_progress");
        using var detail = await OtherNode.Client.SendAsync(
            ApiCalls.Request($"/api/v1/sdk-chat/{chat}", token: OtherNode.TenantToken(Demo)));
        return await detail.DataAsync();
    }
}
