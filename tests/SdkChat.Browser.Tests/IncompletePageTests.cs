using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>Files of the page fail to load, as when the network changes in the middle of it or a node restarts.</summary>
public sealed class IncompletePageTests : ConsoleTest
{
    [TestCase("**/js/live/backoff.js", "en-US", "could not be loaded completely")]
    [TestCase("**/js/main-tenant.js", "ko-KR", "불러오지 못했습니다")]
    [TestCase("**/js/app/*.js", "ja-JP", "読み込めませんでした")]
    public async Task Page_ThatLacksAModule_SaysSoAndLoadsAgainByItself(string file, string language, string words)
    {
        await Shop.HistoryAsync(1);
        var context = await BrowserAsync(locale: language);
        var isRefused = true;
        await context.RouteAsync(file, route => isRefused ? route.AbortAsync("connectionreset") : route.ContinueAsync());
        var page = await context.NewPageAsync();

        await page.GotoAsync("/console");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);

        isRefused = false;
        await ConnectionAsync(page, "live");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Stylesheet_ThatFails_IsLoadedAgain()
    {
        await Shop.HistoryAsync(1);
        var context = await BrowserAsync();
        var attempts = 0;
        await context.RouteAsync("**/css/list.css", route => ++attempts <= 2 ? route.AbortAsync("connectionreset") : route.ContinueAsync());

        var page = await OpenAsync(context);

        await Eventually.TrueAsync(() => Task.FromResult(attempts == 3));
        await Eventually.TrueAsync(() => page.EvaluateAsync<bool>(
            "[...document.styleSheets].some((sheet) => sheet.href?.endsWith('/css/list.css') && sheet.cssRules.length > 0)"));
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
    }
}
