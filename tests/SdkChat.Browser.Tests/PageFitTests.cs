namespace SdkChat.Browser.Tests;

/// <summary>
/// Every page, in every language, at every width: nothing is wider than the window, no words of a button or heading are cut, and on a phone
/// every control is as tall as a finger.
/// </summary>
public sealed class PageFitTests : ConsoleTest
{
    private static readonly int[] Widths = [390, 820, 1440, 2560];

    private static readonly string[] Languages = ["en", "ko", "ja"];

    /// <summary>What an ellipsis shortens is shortened on purpose. Links within a text or a table are as tall as its lines.</summary>
    private const string FindFaults =
        """
        async () => {
          // A window of another size has its styles once a frame is drawn.
          await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          const page = document.documentElement;
          const faults = page.scrollWidth > page.clientWidth ? [`page: ${page.scrollWidth} of ${page.clientWidth}`] : [];
          // Each element is asked once: it is around many others, and asking takes most of the test's processor time.
          const known = new Map();
          const factsOf = (element) => {
            if (!known.has(element)) {
              const { clipPath, display, overflowX, textOverflow } = getComputedStyle(element);
              known.set(element, {
                isClipped: clipPath !== 'none', isEllipsis: textOverflow === 'ellipsis', isInline: display === 'inline',
                scrolls: ['hidden', 'clip', 'auto', 'scroll'].includes(overflowX), box: element.getBoundingClientRect(),
              });
            }
            return known.get(element);
          };
          for (const element of document.querySelectorAll('button, h1, h2, h3, legend, label, th, td, dt, .tile, .tag, .segment, nav a')) {
            const around = [];
            for (let one = element; one !== document.body && one; one = one.parentElement) around.push(factsOf(one));
            const [own, ...outside] = around;
            if (around.some((one) => one.isClipped) || own.isEllipsis || element.closest('.skip') || !element.checkVisibility()) continue;
            if (element.scrollWidth > element.clientWidth + 1 && !own.isInline) faults.push(`cut: ${element.textContent}`);
            for (const outer of [factsOf(page), ...outside.filter((one) => one.scrolls)]) {
              if (own.box.right > outer.box.right + 1 || own.box.left < outer.box.left - 1) faults.push(`outside: ${element.textContent}`);
            }
          }
          if (page.clientWidth > 619) return faults;
          for (const control of document.querySelectorAll('a, button, select, summary, input, [role=option]')) {
            const isText = getComputedStyle(control).display === 'inline' || (control.matches('a:not(.strong)') && control.closest('td'));
            const target = control.matches('[type=checkbox], [type=radio]') ? control.closest('label') : control;
            if (isText || control.closest('.skip') || !control.checkVisibility()) continue;
            const { height } = target.getBoundingClientRect();
            if (height < 44) faults.push(`low: ${height} ${control.textContent || control.dataset.testid}`);
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
            $"/console#/chats/{asked.Chat}", "/console#/chats", "/console#/overview", $"/console#/shoppers/{profile}", "/console#/keys",
            "/console#/access", "/console/wall");
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
            $"/console/admin#/chats/{asked.Chat}", "/console/admin#/tenants", $"/console/admin#/tenants/{Shop.Id}",
            "/console/admin#/statistics", "/console/admin#/streams", "/console/admin#/blocks", "/console/admin#/audit");
    }

    [Test]
    public async Task Dialogs_OnAPhone_Fit()
    {
        var asked = await Shop.AskAsync();
        var page = await LivePageAsync($"/console#/chats/{asked.Chat}", width: 390, height: 844);
        var faults = new List<string>();
        foreach (var language in Languages)
        {
            await page.GetByTestId("language").SelectOptionAsync(language);
            foreach (var key in new[] { "v", "e", "?", "Control+k" })
            {
                await page.Keyboard.PressAsync(key);
                await CollectFaultsAsync(page, $"{key} {language}", faults);
            }

            await page.GetByTestId("alerts").ClickAsync();
            await CollectFaultsAsync(page, $"alerts {language}", faults);
        }

        string.Join("\n", faults).Should().BeEmpty();
    }

    private static async Task CollectFaultsAsync(IPage page, string where, List<string> faults)
    {
        await Expect(page.Locator("dialog")).ToBeVisibleAsync();
        faults.AddRange((await page.EvaluateAsync<string[]>(FindFaults)).Select(fault => $"{where}: {fault}"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task FindFaults_DeliberateViolations_AreFound()
    {
        var page = await (await BrowserAsync(signedIn: false)).NewPageAsync();
        await page.SetContentAsync(
            """
            <button style="width: 60px; overflow: hidden; white-space: nowrap">Far too long for it</button>
            <div style="width: 100px; overflow: auto"><h2 style="width: 300px">Wider than its box</h2></div>
            <div style="width: 1500px">Wider than the window</div>
            """);

        var faults = await page.EvaluateAsync<string[]>(FindFaults);

        faults.Should().HaveCount(3).And.Contain(["cut: Far too long for it", "outside: Wider than its box"]);
        faults[0].Should().MatchRegex(@"^page: 15\d\d of 1280$");
    }

    private static async Task ShouldFitAsync(IBrowserContext context, params string[] paths)
    {
        var faults = new List<string>();
        foreach (var path in paths)
        {
            var page = await OpenAsync(context, path);
            foreach (var language in Languages)
            {
                await SpeakAsync(page, language);
                await page.EvaluateAsync("document.fonts.ready.then(() => null)");
                foreach (var width in Widths)
                {
                    await page.SetViewportSizeAsync(width, 900);
                    faults.AddRange(
                        (await page.EvaluateAsync<string[]>(FindFaults)).Select(fault => $"{path} {language} {width}: {fault}"));
                }
            }

            await page.CloseAsync();
        }

        string.Join("\n", faults).Should().BeEmpty();
    }

    /// <summary>In place, as AppearanceTests proves. A wall has no choice of language: it is loaded again.</summary>
    private static async Task SpeakAsync(IPage page, string language)
    {
        if (await page.GetByTestId("language").IsVisibleAsync())
        {
            await page.GetByTestId("language").SelectOptionAsync(language);
        }
        else
        {
            await page.EvaluateAsync($"localStorage.setItem('sdkchat.language', '{language}')");
            await page.ReloadAsync();
            await Expect(page.Locator("[data-testid=loading]:visible")).ToHaveCountAsync(0);
        }

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
    }
}
