using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>Beside the list: views with names, one-line rows, the export.</summary>
public sealed partial class ListToolTests : ConsoleTest
{
    [Test]
    public async Task Export_OfAFilteredList_SavesExactlyItsChats()
    {
        await Shop.HistoryAsync(3, "error");
        await Shop.HistoryAsync(25, "error", """{"name":"Lee Jun"}""");
        var page = await OpenAsync(await BrowserAsync(), "/console#/chats?q=jun&status=error");
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("25 chats");

        await page.GetByTestId("export").ClickAsync();
        await page.GetByTestId("export-format").SelectOptionAsync("ndjson");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export-start").ClickAsync());

        await Expect(page.GetByTestId("export-state")).ToHaveTextAsync($"Saved 25 chats as {download.SuggestedFilename}");
        var rows = await File.ReadAllLinesAsync(await download.PathAsync());
        rows.Should().HaveCount(25).And.OnlyContain(row => row.Contains("Lee Jun", StringComparison.Ordinal));
    }

    [Test]
    public async Task Export_WhoseConnectionIsReset_GoesOnAndHasEachChatOnce()
    {
        await Shop.HistoryAsync(60);
        await Shop.Rows.ExecuteAsync(
            """update sdk_chat set prompt = E'a "quoted",\nline ' || repeat('오늘', 600) || chat_id where tenant_id = @Id""",
            new { Shop.Id });
        await using var relay = new CuttingRelay(Stage.Api.BaseAddress, "/api/v1/sdk-chat/export", bytes: 100_000);
        var page = await OpenAsync(await BrowserAsync(at: relay.Start()));
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => { if (request.Url.Contains("/export?", StringComparison.Ordinal)) asked.Enqueue(request.Url); };

        await page.GetByTestId("export").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.GetByTestId("export-start").ClickAsync();
            await Expect(page.GetByTestId("export-state")).ToContainTextAsync("so far");
            relay.Cut();
        });

        await Expect(page.GetByTestId("export-state")).ToHaveTextAsync($"Saved 60 chats as {download.SuggestedFilename}");
        asked.Should().HaveCountGreaterThan(1);
        asked.Last().Should().Contain("cursor=");
        var whole = await page.APIRequest.GetAsync(asked.First());
        (await File.ReadAllBytesAsync(await download.PathAsync())).Should().Equal(await whole.BodyAsync());
    }

    [Test]
    public async Task Export_Canceled_EndsAndSavesNothing()
    {
        await Shop.HistoryAsync(1);
        var page = await OpenAsync(await BrowserAsync());
        var ended = new TaskCompletionSource();
        page.RequestFailed += (_, request) => { if (request.Url.Contains("/export?", StringComparison.Ordinal)) ended.TrySetResult(); };
        page.Download += (_, _) => Assert.Fail("Nothing is saved.");
        await page.RouteAsync("**/export?*", _ => Task.CompletedTask); // no answer comes

        await page.GetByTestId("export").ClickAsync();
        await page.GetByTestId("export-start").ClickAsync();
        await Expect(page.GetByTestId("export-bar")).ToBeVisibleAsync();
        await page.GetByTestId("export-close").ClickAsync();

        await ended.Task.WaitAsync(Deadlines.Soon);
        await Expect(page.GetByTestId("export-dialog")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task View_Named_IsALinkAfterAReload()
    {
        await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1, "error");
        var page = await OpenAsync(await BrowserAsync(), "/console#/chats?status=error");
        await page.GetByTestId("views").ClickAsync();
        await page.GetByTestId("view-name").FillAsync("Broken <b>");
        await page.GetByTestId("view-save").ClickAsync();
        await page.GetByTestId("views-dialog").GetByText("All chats").ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("3 chats");

        await page.ReloadAsync();
        await page.GetByTestId("views").ClickAsync();
        await page.GetByTestId("own-views").GetByText("Broken <b>").ClickAsync();

        await Expect(page.GetByTestId("views-dialog")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(Failed());
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
    }

    [Test]
    public async Task Day_Chosen_ListsItsChats()
    {
        await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1, "error");
        await Shop.Rows.ExecuteAsync(
            "update sdk_chat set created_at = '2026-02-28T12:00Z' where tenant_id = @Id and status = 'error'", new { Shop.Id });
        var page = await OpenAsync(await BrowserAsync());
        await page.GetByTestId("views").ClickAsync();

        await page.GetByTestId("view-day").FillAsync("2026-02-28");

        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
        await Expect(page.GetByTestId("filter-range").Locator("option:checked")).ToHaveTextAsync("Feb 28, 2026");
    }

    [Test]
    public async Task Rows_OfOneLine_ShowSixteenChatsOnALaptop()
    {
        await Shop.HistoryAsync(10, "error");
        await Shop.HistoryAsync(10);
        var page = await OpenAsync(await BrowserAsync(width: 1440));
        await page.GetByTestId("density").ClickAsync();
        await page.ReloadAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(20);

        var whole = await page.Locator(".list-scroll").EvaluateAsync<int>(
            "list => [...list.querySelectorAll('.row')].filter(row => row.getBoundingClientRect().bottom <= "
            + "list.getBoundingClientRect().bottom).length");
        whole.Should().BeGreaterThanOrEqualTo(16);
    }

    // The browser matches it, so it is written as it reads it.
    [GeneratedRegex("#/chats\\?status=error$")]
    private static partial Regex Failed();
}
