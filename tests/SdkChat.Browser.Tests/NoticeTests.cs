namespace SdkChat.Browser.Tests;

/// <summary>Toasts, and what is printed.</summary>
public sealed class NoticeTests : ConsoleTest
{
    [Test]
    public async Task Toast_InASmallWindow_CanBeClosed()
    {
        var asked = await Shop.AskAsync();
        var items = string.Join(
            ',', Enumerable.Range(1, 4).Select(n => $$"""{"id":"{{n}}","title":"Title {{n}}","message":"{{new string('m', 150)}}"}"""));
        await Shop.CompleteAsync(asked, notifications: $"[{items}]");
        var page = await LivePageAsync(width: 640, height: 400);

        await Shop.TriggerAsync(asked);
        await Shop.TriggerAsync(asked);

        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-testid=toast]:visible")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("toast").Last).ToBeInViewportAsync(new LocatorAssertionsToBeInViewportOptions { Ratio = 1 });
        await page.GetByTestId("toast-dismiss").Last.ClickAsync();
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Toast_OfAKnownShopper_SaysWho()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var page = await LivePageAsync();
        await Expect(Row(page, asked.Chat)).ToBeVisibleAsync();

        await Shop.TriggerAsync(asked);

        await Expect(page.GetByTestId("toast")).ToContainTextAsync("Sato Hanako");
    }

    [Test]
    public async Task Alerts_TurnedOff_StayOffAfterAReload()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var page = await LivePageAsync();
        await page.GetByTestId("alerts").ClickAsync();
        await page.GetByTestId("alerts-on").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.ReloadAsync();
        await ConnectionAsync(page, "live");
        await Shop.TriggerAsync(asked);

        await Expect(page.Locator(".notice")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Print_OfAnOpenChat_ShowsTheChatAloneInBlack()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var context = await BrowserAsync(width: 1440);
        await RememberAsync(context, "theme", "dark");
        var page = await OpenAsync(context, $"/console#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Expect(page.GetByTestId("detail-prompt")).ToHaveCSSAsync("color", "rgb(0, 0, 0)");
        await Expect(page.GetByTestId("recommended")).ToBeVisibleAsync();
        foreach (var hidden in new[] { "connection", "store-map", "detail-close", "chat-list", "sign-out" })
            await Expect(page.GetByTestId(hidden)).ToBeHiddenAsync();
    }

    [Test]
    public async Task Chat_Unfinished_CannotBePlayed()
    {
        var asked = await Shop.AskAsync();
        var page = await OpenAsync(await BrowserAsync(), $"/console#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("detail-play")).ToBeHiddenAsync();

        await page.GotoAsync($"/console#/chats/{Guid.CreateVersion7()}");
        await Expect(page.GetByTestId("detail-play")).ToBeHiddenAsync();
        await page.GetByTestId("detail-back").ClickAsync();
        await Expect(page.GetByTestId("chat-detail")).ToBeHiddenAsync();
    }
}
