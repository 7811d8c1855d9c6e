namespace SdkChat.Browser.Tests;

/// <summary>Alerts by the rules of a browser: toasts, the tab's title, notifications of the system.</summary>
public sealed class AlertTests : ConsoleTest
{
    [Test]
    public async Task Failure_InTheBackground_IsNotifiedAndCountedUntilThePageIsSeen()
    {
        var asked = await Shop.AskAsync();
        var context = await BrowserAsync();
        await context.GrantPermissionsAsync(["notifications"]);
        await context.AddInitScriptAsync("""
            window.isLookedAt = true;
            document.hasFocus = () => window.isLookedAt;
            window.notified = [];
            const Real = Notification;
            window.Notification = class extends Real { static get permission() { return 'granted'; } constructor(title, options) { super(title, options); window.notified.push(`${title} / ${options.body}`); } };
            """);
        var page = await OpenAsync(context);
        await ConnectionAsync(page, "live");
        await page.GetByTestId("alerts").ClickAsync();
        await page.GetByTestId("alerts-desktop").CheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("alerts-dialog")).ToHaveCountAsync(0);

        await page.EvaluateAsync("window.isLookedAt = false");
        await Shop.FailAsync(asked, "No shelf <b>");

        await Expect(page.GetByTestId("toast")).ToContainTextAsync("No shelf <b>");
        await Expect(page).ToHaveTitleAsync("(1) SdkChat · Dashboard");
        (await page.EvaluateAsync<string[]>("window.notified"))
            .Should().ContainSingle().Which.Should().Contain("Sato Hanako").And.Contain("No shelf <b>");
        await page.EvaluateAsync("window.isLookedAt = true; dispatchEvent(new Event('focus'))");
        await Expect(page).ToHaveTitleAsync("SdkChat · Dashboard");
        await page.GetByTestId("toast").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
    }

    [Test]
    public async Task Waiting_TooLong_IsAnnounced()
    {
        await Shop.HistoryAsync(1, "in_progress"); // has no run, whose time limit would end it
        var page = await LivePageAsync();
        await page.GetByTestId("alerts").ClickAsync();
        await page.GetByTestId("alerts-waitingSeconds").FillAsync("5");
        await page.GetByTestId("alerts-waiting").CheckAsync();
        await Expect(page.GetByTestId("alerts-waitingSeconds")).ToHaveValueAsync("60");

        await Expect(page.GetByTestId("toast")).ToContainTextAsync("1 chat has waited longer than 1 min");
        await Expect(page.GetByTestId("toast")).ToContainTextAsync("Dinner ideas?");
    }
}
