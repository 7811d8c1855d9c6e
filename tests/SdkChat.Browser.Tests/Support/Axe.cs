using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace SdkChat.Browser.Tests.Support;

/// <summary>axe on a page as it is.</summary>
internal static class Axe
{
    /// <summary>Each violation, with the elements that have it.</summary>
    /// <param name="isAboutColour">Runs only the rules about colours.</param>
    public static async Task<IEnumerable<string>> FaultsAsync(IPage page, bool isAboutColour = false)
    {
        // axe would also describe each element that has no fault, for each rule, which takes most of its time.
        var options = new AxeRunOptions { ResultTypes = [ResultType.Violations] };
        if (isAboutColour)
            options.RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] };
        var result = await page.RunAxe(options);
        return result.Violations.Select(fault => $"{fault.Id}: {string.Join(" | ", fault.Nodes.Select(node => node.Html))}");
    }
}
