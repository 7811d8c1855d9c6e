using SdkChat.Browser.Tests.Support;

namespace SdkChat.Browser.Tests;

/// <summary>
/// axe finds nothing on any page, in either theme. A theme changes colours alone, so in the dark one only rules about colour run.
/// </summary>
[TestFixture("light")]
[TestFixture("dark")]
public sealed class AccessibilityTests(string theme) : ConsoleTest
{
    [Test]
    public async Task Console_WithAChatOpen_HasNoFault()
    {
        await Shop.HistoryAsync(3);
        await Shop.HistoryAsync(1, "error");
        await Shop.HistoryAsync(1, "ended");
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var page = await ThemedAsync(signedIn: true, $"/console#/chats/{asked.Chat}");
        await ConnectionAsync(page, "live");
        await Shop.TriggerAsync(asked);
        await Expect(page.GetByTestId("toast")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("todos")).ToBeVisibleAsync();

        await ShouldBeUsableAsync(page);
    }

    [Test]
    public async Task OverviewAndDialogs_HaveNoFault()
    {
        await Shop.HistoryAsync(3);
        await Shop.HistoryAsync(1, "error");
        var page = await ThemedAsync(signedIn: true, "/console#/overview");
        await Expect(page.GetByTestId("overview-errors")).ToBeVisibleAsync();
        await page.GetByText("Show as a table").First.ClickAsync();
        await ShouldBeUsableAsync(page);

        await page.GotoAsync("/console#/chats?q=dinner");
        await Expect(page.Locator("mark").First).ToBeVisibleAsync();
        foreach (var dialog in new[] { "views", "export", "alerts" })
        {
            await page.GetByTestId(dialog).ClickAsync();
            await Expect(page.GetByTestId($"{dialog}-dialog")).ToBeVisibleAsync();
            await ShouldBeUsableAsync(page);
            await page.Keyboard.PressAsync("Escape");
        }
    }

    [Test]
    public async Task SignInForm_WithAnError_HasNoFault()
    {
        var page = await ThemedAsync(signedIn: false, "/console");
        await page.GetByTestId("sign-in-token").FillAsync("garbage");
        await page.GetByTestId("sign-in-token").PressAsync("Enter");
        await Expect(page.GetByTestId("sign-in-error")).Not.ToBeEmptyAsync();

        await ShouldBeUsableAsync(page);
    }

    [Test]
    public async Task EmptyAndFailedStates_HaveNoFault()
    {
        var page = await ThemedAsync(signedIn: true, "/console");
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await ShouldBeUsableAsync(page);

        await page.RouteAsync("**/api/v1/sdk-chat?*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 503, ContentType = "application/json", Body = """{"success":false,"code":"UNAVAILABLE","message":"Not now."}""",
        }));
        await page.ReloadAsync();
        await Expect(page.GetByTestId("error")).ToBeVisibleAsync();
        await ShouldBeUsableAsync(page);
    }

    [Test]
    public async Task Backoffice_InEachOfItsViews_HasNoFault()
    {
        await Shop.HistoryAsync(2);
        await LivePageAsync();
        var page = await ThemedAsync(signedIn: true, "/console/admin#/chats", backoffice: true);
        await page.GetByTestId("chat-row").First.ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();
        await ShouldBeUsableAsync(page);

        foreach (var (section, table) in new[]
        {
            ("streams", "streams-table"), ("tenants", "fleet-table"), ("statistics", "statistics-table"), ("audit", "audit-table"),
        })
        {
            await page.GetByTestId($"nav-{section}").ClickAsync();
            await Expect(page.GetByTestId(table).First).ToBeAttachedAsync();
            await ShouldBeUsableAsync(page);
        }

        await page.GotoAsync($"/console/admin#/tenants/{Shop.Id}");
        await Expect(page.GetByTestId("tenant")).ToBeVisibleAsync();
        await ShouldBeUsableAsync(page);
    }

    [Test]
    public async Task OtherPages_HaveNoFault()
    {
        var profile = await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1, "error");
        var page = await ThemedAsync(signedIn: true, "/console#/keys");
        await page.GetByTestId("screen-new").ClickAsync();
        await page.GetByTestId("screen-name").FillAsync("Counter");
        await page.GetByTestId("screen-dialog-submit").ClickAsync();
        await Expect(page.GetByTestId("screen-link")).ToBeVisibleAsync();
        await ShouldBeUsableAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("screens-table")).ToBeVisibleAsync();
        await ShouldBeUsableAsync(page);

        // By day; WallTests looks at it by night.
        await RememberAsync(page.Context, "wall-night", "0-0");
        foreach (var (path, shown) in new[]
                 {
                     ("/console#/access", "[data-testid=nav-access][aria-current=page]"),
                     ($"/console#/shoppers/{profile}", "[data-testid=shopper-total]"),
                     ("/console/wall", "[data-testid=wall-waiting]"),
                 })
        {
            await page.GotoAsync(path);
            await Expect(page.Locator(shown)).ToBeVisibleAsync();
            await ShouldBeUsableAsync(page);
        }

        var backoffice = await ThemedAsync(signedIn: true, "/console/admin#/blocks", backoffice: true);
        await Expect(backoffice.GetByTestId("nav-blocks")).ToHaveAttributeAsync("aria-current", "page");
        await ShouldBeUsableAsync(backoffice);
    }

    [Test]
    public async Task Faults_DeliberateViolation_AreFound()
    {
        var page = await (await BrowserAsync(signedIn: false)).NewPageAsync();
        await page.SetContentAsync(
            """<html lang="en"><title>Pale</title><main><h1>Pale</h1><p style="color: #aaa; background: #fff">words</p></main></html>""");

        var faults = await Axe.FaultsAsync(page, isAboutColour: theme == "dark");

        faults.Should().ContainSingle().Which.Should().StartWith("color-contrast: <p ");
    }

    private async Task<IPage> ThemedAsync(bool signedIn, string path, bool backoffice = false)
    {
        var context = await BrowserAsync(signedIn: signedIn, backoffice: backoffice);
        await RememberAsync(context, "theme", theme);
        var page = await OpenAsync(context, path);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
        return page;
    }

    private async Task ShouldBeUsableAsync(IPage page) => (await Axe.FaultsAsync(page, isAboutColour: theme == "dark")).Should().BeEmpty();
}
