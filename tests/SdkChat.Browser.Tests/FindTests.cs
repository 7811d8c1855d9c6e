namespace SdkChat.Browser.Tests;

/// <summary>The search box: names and ids of shoppers, and ids of chats.</summary>
public sealed class FindTests : ConsoleTest
{
    [Test]
    public async Task Name_ThatARowShows_FindsItsShopper()
    {
        await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1, profile: """{"name":"윤재훈"}""");
        var page = await OpenAsync(await BrowserAsync());

        await FindAsync(page, "윤재훈");

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("chat-row")).ToContainTextAsync("윤재훈");
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
    }

    [Test]
    public async Task Name_OfTwoShoppers_IsToBeChosen()
    {
        await Shop.HistoryAsync(1);
        await Shop.HistoryAsync(1);
        var page = await OpenAsync(await BrowserAsync());

        await FindAsync(page, "Kim Minji");

        await Expect(page.Locator("#profile-error")).ToHaveTextAsync("2 shoppers have this name. Choose one.");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task ChatId_Typed_OpensTheChat()
    {
        await Shop.HistoryAsync(1, "error");
        await Shop.HistoryAsync(25);
        var old = await Shop.Rows.ScalarAsync<Guid>("select chat_id from sdk_chat where tenant_id = @Id and status = 'error'", new { Shop.Id });
        var page = await OpenAsync(await BrowserAsync());
        await Expect(Row(page, old)).ToHaveCountAsync(0);

        await FindAsync(page, old.ToString().ToUpperInvariant());

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", old.ToString());
        await Expect(page.GetByTestId("detail-error")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("filter-profile")).ToHaveValueAsync("");
    }

    private static async Task FindAsync(IPage page, string text)
    {
        await page.GetByTestId("filter-profile").FillAsync(text);
        await page.GetByTestId("filter-profile").PressAsync("Enter");
    }
}
