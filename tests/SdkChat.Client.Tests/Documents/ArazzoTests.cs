using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.Documents;

/// <summary>
/// The workflow of a chat, run by Redocly Respect against the real service. Respect checks each answer against the OpenAPI document too.
/// </summary>
public sealed class ArazzoTests
{
    private static readonly string Workflow = Repository.Path("docs/arazzo/chat.arazzo.yaml");

    private NodeFolder _arazzo = null!;

    [OneTimeSetUp]
    public async Task PrepareAsync() => _arazzo = await NodeFolder.PrepareAsync("docs/arazzo");

    [Test]
    public async Task Workflow_OfAChat_Succeeds()
    {
        await using var pipeline = await TestPipeline.StartAsync();
        // Polled in progress at least once.
        var calls = 0;
        pipeline.Answer = _ => Interlocked.Increment(ref calls) == 1 ? TestPipeline.StillRunning : TestPipeline.Completed();
        await using var shop = await Shop.OpenAsync(("Pipeline:BaseUrl", pipeline.BaseUrl));

        var (code, output) = await RespectAsync(shop, Workflow);

        code.Should().Be(0, output);
        foreach (var step in new[] { "profile", "kickoff", "poll", "trigger", "history" })
            output.Should().Contain($"step {step}");
        output.Should().Contain("1 passed, 1 total").And.NotContain(await shop.KeyAsync());
    }

    /// <summary>A runner that finds nothing may not have looked.</summary>
    [Test]
    public async Task Workflow_WithAWrongExpectation_Fails()
    {
        await using var pipeline = await TestPipeline.StartAsync();
        pipeline.Answer = _ => TestPipeline.Completed();
        await using var shop = await Shop.OpenAsync(("Pipeline:BaseUrl", pipeline.BaseUrl));
        var faulty = Path.Combine(_arazzo.Folder, "faulty.arazzo.yaml");
        await File.WriteAllTextAsync(faulty, (await File.ReadAllTextAsync(Workflow))
            .Replace("data/total == 1", "data/total == 2", StringComparison.Ordinal)
            .Replace("../openapi.json", Repository.Path("docs/openapi.json"), StringComparison.Ordinal));

        var (code, output) = await RespectAsync(shop, faulty);

        code.Should().NotBe(0);
        output.Should().Contain("data/total == 2").And.Contain("1 failed, 1 total");
    }

    private async Task<(int Code, string Output)> RespectAsync(Shop shop, string workflow) => await _arazzo.RunAsync(
        "env", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "NO_COLOR=1",
        "redocly", "respect", workflow, "--input", $"api_key={await shop.KeyAsync()}", "--server",
        $"sdkchat={shop.Address.ToString().TrimEnd('/')}");
}
