namespace SdkChat.Browser.Tests;

/// <summary>The search box: text, shoppers, and ids.</summary>
public sealed class FindTests : ConsoleTest
{
    [Test]
    public async Task Text_Typed_IsSearchedByTheServiceAndMarked()
    {
        await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1, profile: """{"name":"윤재훈"}""");
        await Shop.HistoryAsync(1, "error", """{"name":"Lee Jun"}""");
        var page = await OpenAsync(await BrowserAsync());

        await FindAsync(page, "dinner 재훈");

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
        await Expect(page.GetByTestId("chat-row").Locator("mark")).ToHaveTextAsync(["재훈", "Dinner"]);

        await page.ReloadAsync();
        await Expect(page.GetByTestId("search")).ToHaveValueAsync("dinner 재훈");
        await FindAsync(page, "no such text");
        await Expect(page.GetByTestId("searched")).ToHaveTextAsync("text “\u2068no such text\u2069”");
        await Expect(page.GetByTestId("count-total")).ToHaveTextAsync("0");
    }

    [Test]
    public async Task ShoppersWithOneName_AreChosenByLabelOrId()
    {
        var profile = await Shop.HistoryAsync(1);
        var other = await Shop.HistoryAsync(2);
        var page = await OpenAsync(await BrowserAsync());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);

        await FindAsync(page, $"Kim Minji · {profile.ToString()[^6..]}");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("filter-shopper")).ToContainTextAsync("Kim Minji");
        await page.GetByTestId("filter-shopper-clear").ClickAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);

        await FindAsync(page, other.ToString());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
    }

    [Test]
    public async Task ChatId_Typed_OpensTheChat()
    {
        await Shop.HistoryAsync(1, "error");
        await Shop.HistoryAsync(25);
        var old = await Shop.Rows.ScalarAsync<Guid>(
            "select chat_id from sdk_chat where tenant_id = @Id and status = 'error'", new { Shop.Id });
        var page = await OpenAsync(await BrowserAsync());
        await Expect(Row(page, old)).ToHaveCountAsync(0);

        await FindAsync(page, old.ToString().ToUpperInvariant());

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", old.ToString());
        await Expect(page.GetByTestId("detail-error")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("search")).ToHaveValueAsync("");
    }

    private static async Task FindAsync(IPage page, string text)
    {
        await page.GetByTestId("search").FillAsync(text);
        await page.GetByTestId("search").PressAsync("Enter");
    }
}
