using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>
/// Browsers that keep features from the page: what it lacks is named in <c>html[data-lacks]</c>, and it never stays at "Connecting".
/// </summary>
public sealed class RefusingBrowserTests : ConsoleTest
{
    /// <summary>As Firefox does with cookies blocked, but for the cookie itself.</summary>
    private const string RefuseToShare =
        """
        const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError') };
        window.BroadcastChannel = class { constructor() { refuse() } };
        Object.defineProperty(window, 'localStorage', { get: refuse });
        navigator.locks.request = async () => refuse();
        """;

    [Test]
    public async Task Page_WithoutStorageChannelsAndLocks_HasAStreamForEachTab()
    {
        await Shop.HistoryAsync(1);
        var context = await BrowserAsync();
        await context.AddInitScriptAsync($"if (location.protocol !== 'about:') {{ {RefuseToShare} }}");

        var (one, two) = (await OpenAsync(context), await OpenAsync(context));

        foreach (var page in new[] { one, two })
        {
            await ConnectionAsync(page, "live");
            await LacksAsync(page, "channels locks storage");
            await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        }

        Shop.StreamsOpened().Should().Be(2);
        await one.GetByTestId("theme").ClickAsync();
        await Expect(one.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await one.GetByTestId("sign-out").ClickAsync();
        await Expect(one.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        // Nothing tells the other tab; it finds out when it reads again.
        await Expect(two.GetByTestId("sign-in-form")).ToBeVisibleAsync();
    }

    /// <summary>
    /// As over plain HTTP by host name: browsers allow six connections to an origin, so seven streams would leave none for the list.
    /// </summary>
    [Test]
    public async Task Page_WithoutLocks_SharesOneStreamOverAChannel()
    {
        await Shop.HistoryAsync(1);
        var context = await BrowserAsync();
        await context.AddInitScriptAsync(
            "if (location.protocol !== 'about:') Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })");
        var one = await OpenAsync(context);
        await ConnectionAsync(one, "live");

        var two = await OpenAsync(context);
        await ConnectionAsync(two, "shared");
        await LacksAsync(two, "locks");
        Shop.StreamsOpened().Should().Be(1);

        await one.CloseAsync(new PageCloseOptions { RunBeforeUnload = true });
        await ConnectionAsync(two, "live");
    }

    [TestCase("navigator.locks.request = async () => { throw new DOMException('', 'SecurityError') }", "locks")]
    [TestCase("navigator.locks.request = () => new Promise(() => {})", "locks")]
    [TestCase("delete window.BroadcastChannel", "channels")]
    [TestCase("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } })", "")]
    public async Task Page_WithoutOneOfThem_IsLive(string refuse, string lacks)
    {
        var context = await BrowserAsync();
        await context.AddInitScriptAsync($"if (location.protocol !== 'about:') {{ {refuse} }}");

        var page = await OpenAsync(context);

        await ConnectionAsync(page, "live");
        await LacksAsync(page, lacks);
    }

    [Test]
    public async Task Page_WithoutEventSource_ReadsTheListAgainAndAgain()
    {
        await Shop.HistoryAsync(1);
        var context = await BrowserAsync();
        await context.AddInitScriptAsync("delete window.EventSource");
        var page = await OpenAsync(context);
        await ConnectionAsync(page, "polling");
        await LacksAsync(page, "streams");

        await Shop.AskAsync();

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
        Shop.StreamsOpened().Should().Be(0);
    }

    [Test]
    public async Task Chromium_WithCookiesBlocked_SaysSoInsteadOfConnecting()
    {
        var profile = Directory.CreateTempSubdirectory("sdkchat-chromium-").FullName;
        Directory.CreateDirectory(Path.Combine(profile, "Default"));
        await File.WriteAllTextAsync(
            Path.Combine(profile, "Default", "Preferences"),
            """{"profile":{"default_content_setting_values":{"cookies":2},"block_third_party_cookies":true}}""");
        await using (var context = await Stage.Chromium.PersistentAsync(profile, Stage.Api.BaseAddress))
        {
            var page = await context.NewPageAsync();
            await page.GotoAsync("/console");

            await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync("blocks cookies");
            await ConnectionAsync(page, "signed-out");
            (await page.Locator("html").GetAttributeAsync("data-lacks"))!.Split(' ').Should().Contain(["cookies", "locks", "storage"]);

            await page.GetByTestId("sign-in-token").FillAsync(Shop.Token());
            await page.GetByTestId("sign-in-token").PressAsync("Enter");
            await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync("blocks cookies");
            await Expect(page.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        }

        Directory.Delete(profile, recursive: true);
    }

    [Test]
    public async Task Firefox_WithCookiesBlocked_SaysSoInsteadOfConnecting()
    {
        if (Firefox.Path is null)
            Assert.Ignore("Firefox is not installed.");
        await using var firefox = await Firefox.StartAsync(("network.cookie.cookieBehavior", "2"), ("intl.accept_languages", "'en-US'"));

        await firefox.GotoAsync(new Uri(Stage.Api.BaseAddress, "/console"));

        await Eventually.TrueAsync(async () =>
            (await firefox.EvaluateAsync("document.querySelector('[data-testid=sign-in-error]')?.textContent")).Contains("blocks cookies"));
        (await firefox.EvaluateAsync("document.querySelector('[data-testid=connection]').dataset.state")).Should().Be("signed-out");
        (await firefox.EvaluateAsync("document.documentElement.dataset.lacks")).Split(' ')
            .Should().Contain(["channels", "cookies", "locks", "storage"]);
    }

    private static Task LacksAsync(IPage page, string features) =>
        Expect(page.Locator("html")).ToHaveAttributeAsync("data-lacks", features);
}
