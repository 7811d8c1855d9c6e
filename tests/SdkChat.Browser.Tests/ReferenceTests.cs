namespace SdkChat.Browser.Tests;

/// <summary>The API's reference at <c>/docs</c> works within its policy.</summary>
public sealed class ReferenceTests : ConsoleTest
{
    /// <summary>
    /// A library of the page asks whether text may be evaluated, is refused, and does without. Nothing else is kept from it.
    /// </summary>
    [Test, Property("Provokes", "complaints")]
    public async Task Reference_ShowsTheApi()
    {
        var context = await BrowserAsync(signedIn: false);
        await context.AddInitScriptAsync(
            "window.kept = []; addEventListener('securitypolicyviolation', (e) => window.kept.push(e.blockedURI))");
        var page = await context.NewPageAsync();

        await page.GotoAsync("/docs/");

        await Expect(page.GetByText("List the open streams of all nodes, newest first").First).ToBeVisibleAsync();
        foreach (var offer in new[] { "Ask AI", "Developer Tools", "Generate SDK", "Open API Client" })
            await Expect(page.GetByText(offer)).ToHaveCountAsync(0);
        (await page.EvaluateAsync<string[]>("window.kept")).Should().OnlyContain(address => address == "eval");
    }
}
