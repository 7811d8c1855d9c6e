using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>The backoffice of a service with more tenants than any list shows.</summary>
public sealed class ManyTenantsTests : ConsoleTest
{
    [Test]
    public async Task Tenant_OfMoreThanAThousand_IsFoundByTyping()
    {
        await using var database = await TestDatabase.CreateAsync();
        await new Rows(database.ConnectionString).ExecuteAsync(
            """
            insert into tenant (tenant_id, code, name)
            select gen_random_uuid(), 'shop-' || lpad(n::text, 4, '0'), '상점 ' || n from generate_series(1, 1102) n
            """);
        await using var api = await TestApi.StartAsync(database.ConnectionString, Stage.Settings);
        var page = await OpenAsync(
            await BrowserAsync(token: api.BackofficeToken(), backoffice: true, at: api.BaseAddress), "/console/admin");
        await Expect(page.Locator(".total:visible")).ToHaveTextAsync("1,102 tenants");

        await page.GotoAsync("/console/admin#/chats");
        var box = page.GetByTestId("filter-tenant");
        await box.ClickAsync();
        await Expect(page.Locator(".picker-note:visible")).ToContainTextAsync("20 of 1,102 tenants");
        await box.FillAsync("상점 1101");
        await Expect(page.GetByTestId("filter-tenant-option")).ToHaveCountAsync(1);
        await Expect(page.GetByTestId("filter-tenant-option")).ToHaveTextAsync("shop-1101상점 1101");
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", "filter-tenant-0");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("shop-1101 — 상점 1101");
        await Expect(box).ToHaveAttributeAsync("aria-expanded", "false");
        page.Url.Should().Contain("tenant=");

        // Escape leaves the choice, and the arrows choose all again.
        await box.PressAsync("ArrowDown");
        await Expect(page.Locator(".picker-note:visible")).ToContainTextAsync("1,102");
        await box.PressAsync("Escape");
        await Expect(box).ToHaveValueAsync("shop-1101 — 상점 1101");
        await box.ClickAsync();
        await Expect(box).ToHaveAttributeAsync("aria-activedescendant", "filter-tenant-0");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveAttributeAsync("data-tenant", "");

        // The filter is shown although the rows, none, stay the same.
        await page.GetByTestId("nav-streams").ClickAsync();
        await Expect(page.GetByText("No open streams")).ToBeVisibleAsync();
        await page.GetByTestId("streams-tenant").FillAsync("shop-0777");
        await page.GetByTestId("streams-tenant").PressAsync("Enter");
        await Expect(page.Locator("[data-testid=tenant-chip]:visible")).ToContainTextAsync("shop-0777");
    }
}
