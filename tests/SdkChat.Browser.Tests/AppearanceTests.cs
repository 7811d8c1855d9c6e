using System.Text.RegularExpressions;
using SdkChat.Browser.Tests.Support;

namespace SdkChat.Browser.Tests;

/// <summary>Languages, themes, narrow screens, the keyboard.</summary>
public sealed partial class AppearanceTests : ConsoleTest
{
    [Test]
    public async Task Language_Switched_ChangesEverythingWithoutAReload()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var page = await LivePageAsync($"/console#/chats/{asked.Chat}");
        await page.EvaluateAsync("window.sameDocument = true");
        await Expect(page.GetByTestId("recommended")).ToContainTextAsync("Warm and quick");

        foreach (var (language, letters, reason) in new[]
        {
            ("ko", Hangul(), "따뜻해요"), ("ja", Kana(), "温かい"), ("en", Latin(), "Warm and quick"),
        })
        {
            await page.GetByTestId("language").SelectOptionAsync(language);
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await Expect(page.GetByTestId("connection")).ToHaveTextAsync(letters);
            await Expect(page.GetByTestId("detail-status")).ToHaveTextAsync(letters);
            await Expect(page.GetByTestId("recommended")).ToContainTextAsync(reason);
        }

        (await page.EvaluateAsync<bool>("window.sameDocument === true")).Should().BeTrue();
        await page.GetByTestId("language").SelectOptionAsync("ja");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
    }

    [Test]
    public async Task Theme_Switched_ChangesAndIsRemembered()
    {
        var page = await OpenAsync(await BrowserAsync());
        var light = await BackgroundAsync(page);

        await page.GetByTestId("theme").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Locator("body")).Not.ToHaveCSSAsync("background-color", light);
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [TestCase("en")]
    [TestCase("ko")]
    [TestCase("ja")]
    public async Task Page_On360Pixels_NeverScrollsSideways(string language)
    {
        var asked = await Shop.AskAsync(new string('x', 300) + " https://example.com/" + new string('y', 200));
        await Shop.CompleteAsync(asked);
        await Shop.HistoryAsync(25);
        var context = await BrowserAsync(width: 360, height: 740);
        await RememberAsync(context, "language", language);
        var page = await OpenAsync(context);
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(20);
        await ShouldFitAsync(page);

        await page.GotoAsync($"/console#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("recommended")).ToBeVisibleAsync();
        await ShouldFitAsync(page);

        var stranger = await (await BrowserAsync(signedIn: false, width: 360, height: 740)).NewPageAsync();
        await stranger.GotoAsync("/console");
        await Expect(stranger.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        await ShouldFitAsync(stranger);

        var admin = await OpenAsync(await BrowserAsync(backoffice: true, width: 360, height: 740), "/console/admin#/chats");
        await Expect(admin.GetByTestId("chat-row").First).ToBeVisibleAsync();
        await ShouldFitAsync(admin);
        foreach (var (section, table) in new[] { ("tenants", "fleet-table"), ("statistics", "statistics-table") })
        {
            await admin.GetByTestId($"nav-{section}").ClickAsync();
            await Expect(admin.GetByTestId(table)).ToBeVisibleAsync();
            await ShouldFitAsync(admin);
        }
    }

    [TestCase("en")]
    [TestCase("ko")]
    [TestCase("ja")]
    public async Task Phone_ShowsTheFirstChatInTheUpperThird(string language)
    {
        await Shop.HistoryAsync(5);
        var context = await BrowserAsync(width: 390, height: 844);
        await RememberAsync(context, "language", language);
        var page = await OpenAsync(context);
        await ConnectionAsync(page, "live");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(5);

        (await TopAsync(page.GetByTestId("chat-row").First)).Should().BeLessThan(844 / 3.0);
        foreach (var button in new[] { "theme", "sign-out", "alerts", "language", "search", "views", "nav-chats", "row-person" })
            (await page.GetByTestId(button).First.BoundingBoxAsync())!.Height.Should().BeGreaterThanOrEqualTo(44, button);
        (await page.Locator(".segment").First.BoundingBoxAsync())!.Height.Should().BeGreaterThanOrEqualTo(44);
    }

    [TestCase("en")]
    [TestCase("ko")]
    [TestCase("ja")]
    public async Task Phone_OfTheBackoffice_ShowsTheFirstRowInTheUpperThird(string language)
    {
        await Shop.HistoryAsync(5);
        var context = await BrowserAsync(backoffice: true, width: 390, height: 844);
        await RememberAsync(context, "language", language);
        var page = await OpenAsync(context, "/console/admin");
        await ConnectionAsync(page, "polling");
        await Expect(page.GetByTestId("fleet-table").Locator("tbody tr").First).ToBeVisibleAsync();

        (await page.Locator(".bar").EvaluateAsync<double>("bar => bar.getBoundingClientRect().height"))
            .Should().BeLessThanOrEqualTo(100, "two lines of 44 pixels");
        (await TopAsync(page.GetByTestId("fleet-table").Locator("tbody tr").First)).Should().BeLessThan(844 / 3.0);
        foreach (var button in new[] { "theme", "sign-out", "language", "nav-tenants", "nav-audit", "fleet-search", "tenant-new" })
            (await page.GetByTestId(button).BoundingBoxAsync())!.Height.Should().BeGreaterThanOrEqualTo(44, button);
        await page.GetByTestId("nav-chats").ClickAsync();
        await Expect(page.GetByTestId("chat-row").First).ToBeVisibleAsync();
        (await TopAsync(page.GetByTestId("chat-row").First)).Should().BeLessThan(844 / 3.0);
    }

    [Test]
    public async Task Keyboard_Alone_OpensAChatAndComesBack()
    {
        await Shop.HistoryAsync(3);
        var page = await OpenAsync(await BrowserAsync());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);

        for (var tabs = 0; tabs < 40 && !await FocusIsOnAsync(page, "chat-row"); tabs++)
            await page.Keyboard.PressAsync("Tab");
        (await FocusIsOnAsync(page, "chat-row")).Should().BeTrue("a row is reached by Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        var row = await page.EvaluateAsync<string>("document.activeElement.dataset.chatId");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", row);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("chat-detail")).ToBeHiddenAsync();
        (await page.EvaluateAsync<string>("document.activeElement.dataset.chatId")).Should().Be(row, "the reader is back where they were");
    }

    private static Task<double> TopAsync(ILocator element) =>
        element.EvaluateAsync<double>("element => element.getBoundingClientRect().top");

    private static async Task ShouldFitAsync(IPage page) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(360);

    private static Task<bool> FocusIsOnAsync(IPage page, string testId) =>
        page.EvaluateAsync<bool>("id => document.activeElement?.dataset.testid === id", testId);

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    // The browser matches these, so they are written as it reads them.
    [GeneratedRegex("[가-힣]")]
    private static partial Regex Hangul();

    [GeneratedRegex("[ぁ-ゖァ-ヺ一-龯]")]
    private static partial Regex Kana();

    [GeneratedRegex("^[A-Za-z ]+$")]
    private static partial Regex Latin();
}
