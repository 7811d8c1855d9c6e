using System.Text.RegularExpressions;

namespace SdkChat.Browser.Tests;

/// <summary>List, pages, filters and detail.</summary>
public sealed partial class HistoryTests : ConsoleTest
{
    [Test]
    public async Task List_OfManyChats_IsPagedThroughNewestFirst()
    {
        await Shop.HistoryAsync(45);
        var page = await OpenAsync(await BrowserAsync());
        var seen = new List<string>();

        await Expect(page.GetByTestId("total")).ToContainTextAsync("45");
        foreach (var rows in new[] { 20, 20, 5 })
        {
            await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(rows);
            var ids = await page.GetByTestId("chat-row").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.chatId)");
            seen.AddRange(ids);
            if (rows == 20)
            {
                await page.GetByTestId("pager-next").ClickAsync();
                await Expect(page.Locator($"[data-testid=chat-row][data-chat-id='{ids[0]}']")).ToHaveCountAsync(0);
            }
        }

        var expected = await Shop.Rows.ScalarAsync<string[]>(
            "select array_agg(chat_id::text order by created_at desc, chat_id desc) from sdk_chat where tenant_id = @Id", new { Shop.Id });
        seen.Should().Equal(expected);

        await page.GetByTestId("pager-prev").ClickAsync();
        await Expect(page.GetByTestId("chat-row").First).ToHaveAttributeAsync("data-chat-id", expected[20]);
        await page.GetByTestId("pager-first").ClickAsync();
        await Expect(page.GetByTestId("chat-row").First).ToHaveAttributeAsync("data-chat-id", expected[0]);
        await page.GetByTestId("pager-last").ClickAsync();
        await Expect(page.GetByTestId("chat-row").Last).ToHaveAttributeAsync("data-chat-id", expected[^1]);
    }

    [Test]
    public async Task Filters_OfStatusAndProfile_LeaveWhatFits()
    {
        await Shop.HistoryAsync(3);
        await Shop.HistoryAsync(2, "error", """{"name":"Lee Jun"}""");
        var quiet = await Shop.HistoryAsync(1, "ended", """{"name":"Ann"}""");
        var page = await OpenAsync(await BrowserAsync());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(6);

        await page.Locator("[data-testid=filter-status] input[value=error]").CheckAsync(new LocatorCheckOptions { Force = true });
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-testid=chat-row][data-status=error]")).ToHaveCountAsync(2);

        await page.GetByTestId("search").FillAsync(quiet.ToString());
        await page.GetByTestId("search").PressAsync("Enter");
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await page.Locator("[data-testid=filter-status] input[value='']").CheckAsync(new LocatorCheckOptions { Force = true });
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("total")).ToContainTextAsync("1");
    }

    [Test]
    public async Task Detail_OfAChat_ReplaysWhatTheShopperSaw()
    {
        var asked = await Shop.AskAsync("What is good for a rainy day?");
        await Shop.CompleteAsync(asked);
        var page = await OpenAsync(await BrowserAsync());
        await Row(page, asked.Chat).ClickAsync();

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync("What is good for a rainy day?");
        await Expect(page.GetByTestId("detail-status")).ToHaveAttributeAsync("data-status", "completed");
        await Expect(page.GetByTestId("todos")).ToContainTextAsync("Boil the noodles");
        await Expect(page.GetByTestId("recommended")).ToContainTextAsync("Udon 3 pack");
        await Expect(page.GetByTestId("notifications")).ToContainTextAsync("Udon is on sale");
        await Expect(page.GetByTestId("timeline").Locator("li")).Not.ToHaveCountAsync(0);
        await Expect(page.GetByTestId("map-marker")).ToHaveCountAsync(1);

        await page.ReloadAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync("What is good for a rainy day?");
        await page.GetByTestId("detail-close").ClickAsync();
        await Expect(page.GetByTestId("chat-detail")).ToBeHiddenAsync();
    }

    [Test]
    public async Task Detail_OfAChat_HasItsRawResultAndLeadsToItsNeighbours()
    {
        await Shop.HistoryAsync(2);
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked, todos: """[{"id":"t1","text":"Boil","weight":1.0E2}]""");
        var page = await OpenAsync(await BrowserAsync(width: 1440), $"/console#/chats/{asked.Chat}");
        await page.GetByTestId("detail-raw").Locator("summary").ClickAsync();
        await Expect(page.GetByTestId("detail-raw")).ToContainTextAsync("\"weight\": 1.0E2");

        await Expect(page.GetByTestId("detail-previous")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.GetByTestId("detail-next").ClickAsync();
        await Expect(page.GetByTestId("chat-detail")).Not.ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        await Expect(page.GetByTestId("detail-raw").Locator("pre")).ToHaveCountAsync(0);
        await page.GetByTestId("detail-previous").ClickAsync();
        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
    }

    [Test]
    public async Task Detail_OfAFailedChat_SaysWhy()
    {
        await Shop.HistoryAsync(1, "error");
        var page = await OpenAsync(await BrowserAsync());
        await page.GetByTestId("chat-row").ClickAsync();

        await Expect(page.GetByTestId("detail-error")).ToContainTextAsync("The pipeline failed.");
    }

    [Test]
    public async Task Chat_OfAnotherTenant_IsNotThere()
    {
        var page = await OpenAsync(await BrowserAsync(), $"/console#/chats/{Guid.CreateVersion7()}");

        await Expect(page.GetByTestId("chat-detail").GetByTestId("error")).ToBeVisibleAsync();
    }

    [Test]
    public async Task List_OfAShopWithoutChats_SaysSo()
    {
        var page = await OpenAsync(await BrowserAsync());

        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync(Zero());
    }

    [GeneratedRegex(@"\b(0|no)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Zero();
}
