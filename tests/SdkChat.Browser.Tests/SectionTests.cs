namespace SdkChat.Browser.Tests;

/// <summary>The other sections of a tenant's page: keys, and what super admins read.</summary>
public sealed class SectionTests : ConsoleTest
{
    [Test]
    public async Task Key_Made_IsShownOnceAndCanBeRevoked()
    {
        var page = await LivePageAsync();
        await page.GetByTestId("nav-keys").ClickAsync();
        await Expect(page.GetByTestId("chat-list")).ToBeHiddenAsync();
        await page.GetByTestId("key-new").ClickAsync();
        await page.GetByTestId("key-name").FillAsync("Till <b>1</b>");
        await page.GetByTestId("key-days").SelectOptionAsync("30");
        await page.GetByTestId("key-make").ClickAsync();

        var key = await page.GetByTestId("key-shown").TextContentAsync();
        key.Should().StartWith($"osk_{Shop.Code}_");
        await page.GetByTestId("key-done").ClickAsync();
        var row = page.GetByTestId("keys-table").Locator("tbody tr", new LocatorLocatorOptions { HasText = "Till <b>1</b>" });
        await Expect(row).ToContainTextAsync("active");
        (await page.ContentAsync()).Should().NotContain(key);

        await row.GetByTestId("key-revoke").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Expect(row).ToContainTextAsync("revoked");
        await Expect(row.GetByTestId("key-revoke")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Key_WithAWrongName_SaysWhy()
    {
        var page = await LivePageAsync("/console#/keys");
        await page.GetByTestId("key-new").ClickAsync();
        await page.GetByTestId("key-name").FillAsync("   ");
        await page.GetByTestId("key-make").ClickAsync();

        await Expect(page.GetByTestId("key-error")).Not.ToBeEmptyAsync();
        await page.GetByTestId("key-close").ClickAsync();
        await Expect(page.GetByTestId("new-key")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Access_OfASuperAdmin_IsListedWithALinkToTheChat()
    {
        var asked = await Shop.AskAsync();
        var admin = await OpenAsync(await BrowserAsync(backoffice: true), $"/console/admin#/chats/{asked.Chat}");
        await Expect(admin.GetByTestId("detail-prompt")).ToBeVisibleAsync();

        var page = await LivePageAsync("/console#/access");
        await page.GetByTestId("access-table").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = asked.Chat.ToString() })
            .First.ClickAsync();

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        await Expect(page.GetByTestId("chat-list")).ToBeVisibleAsync();
    }
}
