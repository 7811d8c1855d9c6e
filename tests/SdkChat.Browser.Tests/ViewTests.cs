using System.Text.RegularExpressions;

namespace SdkChat.Browser.Tests;

/// <summary>The view: filters that the service applies, and an address that keeps them.</summary>
public sealed partial class ViewTests : ConsoleTest
{
    [Test]
    public async Task StatusFilter_CoversAllPages_WithTheServicesNumbers()
    {
        await Shop.HistoryAsync(2, "error");
        await Shop.HistoryAsync(25);
        await Shop.Rows.ExecuteAsync(
            "update sdk_chat set created_at = created_at - interval '3 days' where tenant_id = @Id and status = 'error'", new { Shop.Id });
        var page = await OpenAsync(await BrowserAsync());
        await Expect(page.GetByTestId("count-error")).ToHaveTextAsync("2");
        await Expect(page.GetByTestId("count-total")).ToHaveTextAsync("27");

        await ChooseStatusAsync(page, "error");

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("2 chats");
        await Expect(page.GetByTestId("count-completed")).ToHaveTextAsync("25");
    }

    [Test]
    public async Task Filters_OfTimeAndBackList_AreAskedOfTheService()
    {
        await Shop.HistoryAsync(3);
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        await Shop.TriggerAsync(asked);
        await Shop.Rows.ExecuteAsync(
            "update sdk_chat set created_at = created_at - interval '9 days' where tenant_id = @Id and chat_id <> @Chat",
            new { Shop.Id, asked.Chat });
        var page = await OpenAsync(await BrowserAsync());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(4);

        await page.GetByTestId("filter-range").SelectOptionAsync("7d");
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
        await page.GetByTestId("filter-range").SelectOptionAsync("30d");
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("4 chats");
        await page.GetByTestId("filter-triggered").SelectOptionAsync("false");
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("3 chats");
        await page.GetByTestId("filter-triggered").SelectOptionAsync("true");
        await Expect(Row(page, asked.Chat)).ToBeVisibleAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
    }

    [Test]
    public async Task View_ReloadedOrGoneBackTo_IsTheSame()
    {
        await Shop.HistoryAsync(45);
        await Shop.HistoryAsync(1, "error");
        var page = await OpenAsync(await BrowserAsync());
        await ChooseStatusAsync(page, "completed");
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("45 chats");
        await page.GetByTestId("pager-next").ClickAsync();
        await Expect(page).ToHaveURLAsync(SecondPage());
        var first = await page.GetByTestId("chat-row").First.GetAttributeAsync("data-chat-id");
        await page.GetByTestId("chat-row").Nth(3).ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();
        var open = await page.GetByTestId("chat-detail").GetAttributeAsync("data-chat-id");

        await page.ReloadAsync();
        await Expect(page.GetByTestId("chat-row").First).ToHaveAttributeAsync("data-chat-id", first!);
        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", open!);
        await Expect(page.Locator($"[data-testid=chat-row][data-chat-id='{open}']")).ToHaveAttributeAsync("aria-current", "true");

        await page.GoBackAsync();
        await Expect(page.GetByTestId("chat-detail")).ToBeHiddenAsync();
        await page.GoBackAsync();
        await Expect(page.GetByTestId("chat-row").First).Not.ToHaveAttributeAsync("data-chat-id", first!);
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("45 chats");
        await page.GoBackAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("46 chats");
        await Expect(page.Locator("[data-testid=filter-status] input[value='']")).ToBeCheckedAsync();
    }

    [Test]
    public async Task Keys_MoveThroughTheListAndTheChats()
    {
        await Shop.HistoryAsync(3);
        var page = await OpenAsync(await BrowserAsync());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);
        var ids = await page.GetByTestId("chat-row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.chatId)");

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", ids[1]);
        await page.Keyboard.PressAsync("j");
        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", ids[2]);
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("k");
        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", ids[0]);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("chat-detail")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByTestId("help")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("help")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("jk/?");
        await Expect(page.GetByTestId("search")).ToHaveValueAsync("jk/?");
    }

    [Test]
    public async Task IdAndLink_OfAChat_CanBeCopied()
    {
        await Shop.HistoryAsync(1, "error");
        var context = await BrowserAsync();
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var page = await OpenAsync(context, "/console#/chats?status=error");
        await page.GetByTestId("chat-row").ClickAsync();
        var chat = await page.GetByTestId("chat-detail").GetAttributeAsync("data-chat-id");

        await page.GetByTestId("copy-id").ClickAsync();
        await Expect(page.GetByTestId("copy-id")).ToHaveTextAsync("Copied");
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Should().Be(chat);
        await page.GetByTestId("copy-link").ClickAsync();
        await Expect(page.GetByTestId("copy-link")).ToHaveTextAsync("Copied");
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).Should().Be($"{Stage.Api.BaseAddress}console#/chats/{chat}");
    }

    private static Task ChooseStatusAsync(IPage page, string status) =>
        page.Locator($"[data-testid=filter-status] input[value={status}]").CheckAsync(new LocatorCheckOptions { Force = true });

    // The browser matches it, so it is written as it reads it.
    [GeneratedRegex("status=completed&page=2")]
    private static partial Regex SecondPage();
}
