using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SdkChat.Browser.Tests;

/// <summary>The overview: numbers of the service, and charts that can be read in words.</summary>
public sealed partial class OverviewTests : ConsoleTest
{
    [Test]
    public async Task Overview_ShowsTheServicesNumbers_AndDashesBefore()
    {
        await Shop.HistoryAsync(30);
        await Shop.HistoryAsync(2, "error");
        await Shop.Rows.ExecuteAsync(
            "update sdk_chat set last_error = 'No shelf' where tenant_id = @Id and status = 'error'", new { Shop.Id });
        await Shop.Rows.ExecuteAsync("update sdk_chat set created_at = now() where tenant_id = @Id and status = 'error'", new { Shop.Id });
        var waiting = await Shop.AskAsync();
        var page = await (await BrowserAsync()).NewPageAsync();
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/sdk-chat/stats?*", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/console#/overview");
        await Expect(page.GetByTestId("tile-failed").Locator(".tile-value")).ToHaveTextAsync("–");
        answer.SetResult();

        await Expect(page.GetByTestId("tile-waiting").Locator(".tile-value")).ToHaveTextAsync("1");
        await Expect(page.GetByTestId("tile-failed").Locator(".tile-value")).ToHaveTextAsync("2");
        await Expect(page.GetByTestId("tile-failed")).ToContainTextAsync("No shelf");
        await Expect(page.GetByTestId("longest")).ToHaveAttributeAsync("href", $"#/chats/{waiting.Chat}");
        await page.GetByTestId("overview-errors").GetByText("No shelf").ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("2 chats");
        await Expect(page.GetByTestId("search")).ToHaveValueAsync("No shelf");
    }

    [Test]
    public async Task Chart_ByKeyboard_SaysItsNumbersAndHasATable()
    {
        await Shop.HistoryAsync(3);
        await Shop.Rows.ExecuteAsync("update sdk_chat set created_at = now() - interval '2 days' where tenant_id = @Id", new { Shop.Id });
        var page = await OpenAsync(await BrowserAsync(), "/console#/overview?time=30d");
        var slider = page.GetByTestId("chart-slider").First;
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", NoneSoFar());

        await slider.PressAsync("ArrowLeft");
        await slider.PressAsync("ArrowLeft");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", ThreeCompleted());
        await page.GetByText("Show as a table").First.ClickAsync();
        await Expect(page.Locator(".chart-table tbody tr")).ToHaveCountAsync(30);

        await page.GetByTestId("chart-values").First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("3 chats");
    }

    [Test]
    public async Task Shopper_OfAChat_HasNumbersOfTheirOwn()
    {
        await Shop.HistoryAsync(5);
        await Shop.HistoryAsync(2, "ended", """{"name":"Lee Jun"}""");
        var page = await OpenAsync(await BrowserAsync(), "/console#/chats?q=jun");
        await page.GetByTestId("chat-row").First.ClickAsync();

        await page.GetByTestId("detail-shopper").ClickAsync();

        await Expect(page.GetByTestId("overview-shopper")).ToContainTextAsync("Lee Jun");
        await Expect(page.GetByTestId("overview-total")).ToHaveTextAsync("2 chats");
        await page.GetByTestId("overview-shopper").GetByText("Show chats").ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("2 chats");
    }

    [Test]
    public async Task Questions_OfTheService_LeadToTheirChatsAndAreAbsentWithoutIt()
    {
        await Shop.HistoryAsync(3);
        var context = await BrowserAsync();
        // Whatever the service has: the panel shows what it sends.
        await context.RouteAsync("**/api/v1/sdk-chat/stats?*", async route =>
        {
            var response = await route.FetchAsync();
            var body = JsonNode.Parse(await response.TextAsync())!;
            var data = body["data"]!.AsObject();
            data.Remove("questions");
            if (route.Request.Url.Contains("questions=true", StringComparison.Ordinal)
                && !route.Request.Url.Contains("bucket=hour", StringComparison.Ordinal))
                data["questions"] = new JsonArray(new JsonObject { ["text"] = "dinner ideas?", ["count"] = 3 });
            await route.FulfillAsync(new RouteFulfillOptions { Response = response, Body = body.ToJsonString() });
        });
        var page = await OpenAsync(context, "/console#/overview?time=30d");
        await Expect(page.GetByTestId("overview-questions").Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByTestId("overview-questions").GetByText("dinner ideas?").ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("3 chats");

        var today = await OpenAsync(context, "/console#/overview?time=today");
        await Expect(today.GetByTestId("overview-total")).ToHaveTextAsync("0 chats");
        await Expect(today.GetByText("Most frequent questions")).ToBeHiddenAsync();
    }

    // The browser matches these, so they are written as it reads them.
    [GeneratedRegex("so far: 0 chats")]
    private static partial Regex NoneSoFar();

    [GeneratedRegex(": 3 chats · Completed 3 · Failed 0")]
    private static partial Regex ThreeCompleted();
}
