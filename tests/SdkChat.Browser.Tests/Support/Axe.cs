using Deque.AxeCore.Commons;

namespace SdkChat.Browser.Tests.Support;

/// <summary>
/// axe on a page as it is. Without Deque's bindings for Playwright, which open another page for each report: ours have no frames to gather.
/// </summary>
internal static class Axe
{
    private static readonly string Script = $"() => {{\n{new BundledAxeScriptProvider().GetScript()}\n}}";

    private static readonly string[] AboutColour = ["color-contrast", "link-in-text-block"];

    // axe would also describe each element that has no fault, for each rule, which takes most of its time.
    private const string FindFaults =
        """
        async (rules) => {
          if (document.querySelector('iframe, frame')) throw new Error('axe looks at this document alone');
          // Colours are judged when they no longer change. Animations without an end are not waited for.
          const moving = () => document.getAnimations().filter(
            (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime < Infinity);
          for (let all = moving(); all.length > 0; all = moving()) await Promise.allSettled(all.map((one) => one.finished));
          const { violations } = await axe.run({ resultTypes: ['violations'], ...rules && { runOnly: { type: 'rule', values: rules } } });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => [html, ...any.map(({ message }) => message)].join(' ')).join(' | ')}`);
        }
        """;

    /// <summary>Each violation, with the elements that have it.</summary>
    /// <param name="isAboutColour">Runs only the rules about colours.</param>
    public static async Task<string[]> FaultsAsync(IPage page, bool isAboutColour = false)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(FindFaults, isAboutColour ? AboutColour : null);
    }
}
