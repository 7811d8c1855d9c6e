namespace SdkChat.Browser.Tests;

/// <summary>Every page, in every language, at every width: nothing is wider than the window, and no words of a button or heading are cut.</summary>
public sealed class PageFitTests : ConsoleTest
{
    private static readonly int[] Widths = [390, 820, 1440, 2560];

    /// <summary>What an ellipsis shortens is shortened on purpose.</summary>
    private const string FindFaults =
        """
        async () => {
          // A window of another size has its styles once a frame is drawn.
          await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          const page = document.documentElement;
          const faults = page.scrollWidth > page.clientWidth ? [`page: ${page.scrollWidth} of ${page.clientWidth}`] : [];
          const scrolls = (element) => ['hidden', 'clip', 'auto', 'scroll'].includes(getComputedStyle(element).overflowX);
          for (const element of document.querySelectorAll('button, h1, h2, h3, legend, label, th, td, dt, .tile, .tag, .segment, nav a')) {
            const around = [];
            for (let one = element; one !== document.body && one; one = one.parentElement) around.push(one);
            const style = getComputedStyle(element);
            const isShortened = around.some((one) => getComputedStyle(one).clipPath !== 'none') || style.textOverflow === 'ellipsis' || element.closest('.skip');
            if (isShortened || !element.checkVisibility()) continue;
            const { left, right } = element.getBoundingClientRect();
            if (element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline') faults.push(`cut: ${element.textContent}`);
            for (const outer of [page, ...around.slice(1).filter(scrolls)].map((one) => one.getBoundingClientRect())) {
              if (right > outer.right + 1 || left < outer.left - 1) faults.push(`outside: ${element.textContent}`);
            }
          }
          return faults;
        }
        """;

    [Test]
    public async Task TenantsPages_AtEveryWidthInEveryLanguage_Fit()
    {
        await Shop.HistoryAsync(2, "error");
        var profile = await Shop.HistoryAsync(25);
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        await ShouldFitAsync(
            await BrowserAsync(),
            $"/console#/chats/{asked.Chat}", "/console#/chats", "/console#/overview", $"/console#/shoppers/{profile}", "/console#/keys", "/console#/access", "/console/wall");
        await ShouldFitAsync(await BrowserAsync(signedIn: false), "/console");
    }

    [Test]
    public async Task BackofficesPages_AtEveryWidthInEveryLanguage_Fit()
    {
        await Shop.HistoryAsync(2, "error");
        await Shop.HistoryAsync(40, "in_progress"); // for days, which is written with a date
        var asked = await Shop.AskAsync();
        await ShouldFitAsync(
            await BrowserAsync(backoffice: true),
            $"/console/admin#/chats/{asked.Chat}", "/console/admin#/tenants", $"/console/admin#/tenants/{Shop.Id}", "/console/admin#/statistics", "/console/admin#/streams",
            "/console/admin#/blocks", "/console/admin#/audit");
    }

    private static async Task ShouldFitAsync(IBrowserContext context, params string[] paths)
    {
        var faults = new List<string>();
        foreach (var path in paths)
        {
            var page = await OpenAsync(context, path);
            foreach (var language in new[] { "en", "ko", "ja" })
            {
                await page.EvaluateAsync($"localStorage.setItem('sdkchat.language', '{language}')");
                await page.ReloadAsync();
                await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
                await Expect(page.Locator("[data-testid=loading]:visible")).ToHaveCountAsync(0);
                await page.EvaluateAsync("document.fonts.ready.then(() => null)");
                foreach (var width in Widths)
                {
                    await page.SetViewportSizeAsync(width, 900);
                    faults.AddRange((await page.EvaluateAsync<string[]>(FindFaults)).Select(fault => $"{path} {language} {width}: {fault}"));
                }
            }

            await page.CloseAsync();
        }

        string.Join("\n", faults).Should().BeEmpty();
    }
}
