namespace SdkChat.Browser.Tests;

/// <summary>No number on the page says what it does not know.</summary>
public sealed class TruthTests : ConsoleTest
{
    [Test]
    public async Task List_NotReadYet_ClaimsNoNumber()
    {
        await Shop.HistoryAsync(1);
        var page = await (await BrowserAsync()).NewPageAsync();
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/sdk-chat?*", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/console");

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Chats" }).GetByTestId("loading")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("–");
        // A choice of a time range ("Last 7 days") is no claim, and what is hidden is not on the page.
        (await page.Locator("#main").EvaluateAsync<string>(
            "(main) => { const shown = main.cloneNode(true); shown.querySelectorAll('select, svg, [hidden]').forEach((part) => "
            + "part.remove()); return shown.textContent; }"))
            .Should().NotMatchRegex(@"\d");

        answer.SetResult();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("1 chat");
    }

    [Test]
    public async Task FailedChat_InTheList_SaysWhy()
    {
        await Shop.HistoryAsync(1, "error");
        var page = await OpenAsync(await BrowserAsync());

        await Expect(page.GetByTestId("row-error")).ToHaveTextAsync("The pipeline failed.");
    }

    [Test]
    public async Task Numbers_OfThePipeline_AreShownAsTheyCame()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked, recommended:
            """[{"name":"Leek","big":12345678901234567890,"odd":9007199254740993,"huge":1e400,"power":1.0E2},{"name":"Rice","price":1.50,"currency":"USD"}]""");
        var page = await OpenAsync(await BrowserAsync(), $"/console#/chats/{asked.Chat}");

        await page.GetByTestId("recommended").Locator("summary").ClickAsync();
        foreach (var number in new[] { "12345678901234567890", "9007199254740993", "1e400", "1.0E2" })
            await Expect(page.GetByTestId("recommended").Locator("pre")).ToContainTextAsync($" {number}");
        await Expect(page.GetByTestId("recommended")).ToContainTextAsync("$1.50");
    }

    [Test]
    public async Task LongData_OfThePipeline_CanBeReadInFull()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked, recommended: $$"""[{"odd":"{{new string('x', 9000)}}END"}]""");
        var page = await OpenAsync(await BrowserAsync(), $"/console#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("recommended").Locator("pre")).Not.ToContainTextAsync("END");

        await page.GetByTestId("json-all").ClickAsync();

        await Expect(page.GetByTestId("recommended").Locator("pre")).ToContainTextAsync("END");
        await Expect(page.GetByTestId("json-all")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Device_WithoutNetwork_IsOffline()
    {
        var page = await LivePageAsync();

        await page.Context.SetOfflineAsync(true);
        await ConnectionAsync(page, "offline");
        await page.Context.SetOfflineAsync(false);
        await ConnectionAsync(page, "live");
    }
}
