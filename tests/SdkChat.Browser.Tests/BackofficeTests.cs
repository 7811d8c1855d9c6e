using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>The backoffice's console: all tenants, their streams.</summary>
public sealed class BackofficeTests : ConsoleTest
{
    [Test]
    public async Task List_OfAllTenants_IsNarrowedByTenantAndProfile()
    {
        var profile = await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1);
        await new Shop(Stage.TakeTenant()).HistoryAsync(1);
        var page = await OpenAsync(await BrowserAsync(backoffice: true), "/console/admin");
        await ConnectionAsync(page, "polling");

        await page.GetByTestId("filter-tenant").SelectOptionAsync(Shop.Id.ToString());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("total")).ToContainTextAsync("3");
        await page.GetByTestId("search").FillAsync(profile.ToString());
        await page.GetByTestId("search").PressAsync("Enter");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);

        await page.GetByTestId("chat-row").First.ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync("Dinner ideas?");
    }

    [Test]
    public async Task Streams_AndTenants_AreListedAndAStreamIsEnded()
    {
        await LivePageAsync();
        var page = await OpenAsync(await BrowserAsync(backoffice: true), "/console/admin");
        await page.GetByTestId("nav-tenants").ClickAsync();
        await Expect(page.GetByTestId("tenants-table").Locator("tbody tr").First).ToBeVisibleAsync();

        await page.GetByTestId("nav-streams").ClickAsync();
        var row = page.GetByTestId("streams-table").Locator("tbody tr", new LocatorLocatorOptions { HasText = Shop.Code });
        await Expect(row).ToHaveCountAsync(1);
        await row.GetByTestId("disconnect").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();

        await Eventually.TrueAsync(() => Task.FromResult(Shop.StreamsEnded() == 1));
    }
}
