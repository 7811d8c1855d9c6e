using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Development.Pipelines;

/// <summary>Results at the limits of the contract: valid JSON that readers must accept.</summary>
internal static class ScenarioResults
{
    /// <summary>Stays below the 1 MiB that the service reads from a pipeline, in every language.</summary>
    private const int LargeItems = 1700;

    /// <summary>The limit of a back-list trigger.</summary>
    private const int LargeNotices = 200;

    public static readonly PipelineResult Odd = new(
        RawJson.FromText(
            """[null, true, 1.0E2, -0.0, 12345678901234567890, "", "\u0000", "\ud800", [], [[]], {}, {"id": 7, "text": null, "quantity": "two", "quantity": 3}]"""),
        RawJson.FromText(
            """[{"name": ["a", "list"]}, {"name": "<img src=x onerror=alert(1)>"}, {"name": "‮txet desrever"}, {"name": "👨‍👩‍👧‍👦", "price": "free", "reason": "no object"}, 5]"""),
        RawJson.FromText(
            """[{"id": null, "position": {"x": "left", "y": -1}}, {"title": {"ko": "x"}, "position": null}, {"position": {"x": 1e9}}, "notice", null]"""));

    public static PipelineResult Large(Guid runId, string? locale)
    {
        var random = SplitMix.For(runId);
        var basket = Enumerable.Range(0, LargeItems).Select(_ => random.Pick(DemoCatalogue.Products)).ToArray();
        return DemoRecommendation.Create(random, DemoText.LanguageOf(locale), basket, LargeItems, LargeNotices);
    }
}
