using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>The backoffice's console: all tenants, their chats, keys, streams and people.</summary>
public sealed class BackofficeTests : ConsoleTest
{
    [Test]
    public async Task Tenant_FoundByName_LeadsToItsChats()
    {
        var profile = await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1);
        await new Shop(await Stage.AddTenantAsync()).HistoryAsync(1);
        var page = await AdminAsync();
        await page.GetByTestId("fleet-search").FillAsync(Shop.Code);
        var row = page.GetByTestId("fleet-table").Locator("tbody tr", new LocatorLocatorOptions { HasText = Shop.Code });
        await row.GetByTestId("fleet-tenant").GetByText(Shop.Code, new LocatorGetByTextOptions { Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("tenant-state")).ToHaveTextAsync("enabled");

        await page.GetByTestId("tenant-chats").ClickAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("filter-tenant")).ToHaveAttributeAsync("data-tenant", Shop.Id.ToString());
        await page.GetByTestId("search").FillAsync(profile.ToString());
        await page.GetByTestId("search").PressAsync("Enter");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);

        await page.GetByTestId("chat-row").First.ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToHaveTextAsync("Dinner ideas?");
    }

    /// <summary>An element that is replaced between press and release gets no click, so the table waits.</summary>
    [Test]
    public async Task Link_PressedWhileTheTableIsReadAgain_LeadsToItsPage()
    {
        var page = await AdminAsync();
        await page.GetByTestId("fleet-search").FillAsync(Shop.Code);
        var rows = page.GetByTestId("fleet-table").Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByTestId("fleet-tenant").HoverAsync();
        await page.Mouse.DownAsync();

        await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("location.replace('#/tenants')"),
            response => response.Url.Contains("/admin/tenants", StringComparison.Ordinal));
        await Expect(page.Locator("section[aria-busy]")).ToHaveCountAsync(0);
        await page.Mouse.UpAsync();

        await Expect(page.GetByTestId("tenant-state")).ToHaveTextAsync("enabled");
    }

    [Test]
    public async Task Chat_FoundById_SaysWhoseItIs()
    {
        var asked = await Shop.AskAsync();
        var page = await AdminAsync();

        await page.GetByTestId("fleet-search").FillAsync(asked.Chat.ToString());
        await page.GetByTestId("fleet-search").PressAsync("Enter");

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        await Expect(page.GetByTestId("chat-detail")).ToContainTextAsync(Shop.Code);
    }

    [Test]
    public async Task Tenant_Added_IsRenamedGivenAKeyAndDisabled()
    {
        var code = $"bo-{Guid.NewGuid():n}"[..20];
        var page = await AdminAsync();
        await page.GetByTestId("tenant-new").ClickAsync();
        await page.GetByTestId("tenant-code").FillAsync("admin");
        await page.GetByTestId("tenant-name").FillAsync("<b>상점</b>");
        await page.GetByTestId("new-tenant-submit").ClickAsync();
        await Expect(page.GetByTestId("new-tenant-error")).ToContainTextAsync("A code has a-z, 0-9 and inner hyphens");
        await page.GetByTestId("tenant-code").FillAsync(code);
        await page.GetByTestId("new-tenant-submit").ClickAsync();
        await Expect(page.GetByTestId("tenant")).ToContainTextAsync("<b>상점</b>");

        await page.GetByTestId("tenant-rename").ClickAsync();
        await page.GetByTestId("tenant-name").FillAsync("Renamed");
        await page.GetByTestId("rename-submit").ClickAsync();
        await Expect(page.GetByTestId("tenant")).ToContainTextAsync("Renamed");

        await page.GetByTestId("key-new").ClickAsync();
        await page.GetByTestId("key-name").FillAsync("Till");
        await page.GetByTestId("key-make").ClickAsync();
        await Expect(page.GetByTestId("key-shown")).ToContainTextAsync($"osk_{code}_");
        await page.GetByTestId("key-done").ClickAsync();

        await page.GetByTestId("tenant-toggle").ClickAsync();
        await page.GetByTestId("toggle-submit").ClickAsync();
        await Expect(page.GetByTestId("tenant-state")).ToHaveTextAsync("disabled");
    }

    [Test]
    public async Task Person_OnAStream_IsDisconnectedThenBlockedThenLetIn()
    {
        var theirs = await LivePageAsync();
        var page = await AdminAsync($"#/streams?tenant={Shop.Id}");
        var subject = await page.GetByTestId("streams-table").Locator("tbody td:nth-child(2) bdi").TextContentAsync();
        await page.GetByTestId("disconnect").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Shop.StreamsEnded() == 1));

        await page.GetByTestId("nav-blocks").ClickAsync();
        await page.GetByTestId("block-new").ClickAsync();
        await page.GetByTestId("block-tenant").FillAsync(Shop.Code);
        await page.GetByTestId("block-subject").FillAsync(subject!);
        await page.GetByTestId("block-reason").FillAsync("Taken over");
        await page.GetByTestId("block-person-submit").ClickAsync();
        await ConnectionAsync(theirs, "forbidden");

        await page.GotoAsync($"/console/admin#/blocks?tenant={Shop.Id}");
        await page.GetByTestId("unblock").ClickAsync();
        await page.GetByTestId("confirm-yes").ClickAsync();
        await Expect(page.Locator("[data-testid=empty]:visible")).ToBeVisibleAsync();
        await ConnectionAsync(theirs, "live");
    }

    [Test]
    public async Task Shopper_ErasedWithTheNameTypedIn_IsGone()
    {
        var profile = await Shop.HistoryAsync(3, profile: """{"name":"<b>佐藤</b>"}""");
        var page = await AdminAsync($"#/shoppers/{profile}");
        await ConnectionAsync(page, "polling");
        await page.GetByTestId("shopper-erase").ClickAsync();
        await Expect(page.GetByTestId("erase-chats")).ToHaveTextAsync("3 chats will be lost.");
        await page.GetByTestId("erase-confirm").FillAsync("佐藤");
        await page.GetByTestId("erase-submit").ClickAsync();
        await Expect(page.GetByTestId("erase-error")).ToContainTextAsync("name of the person");

        await page.GetByTestId("erase-confirm").FillAsync("<b>佐藤</b>");
        await page.GetByTestId("erase-confirm").PressAsync("Enter");
        await Expect(page.GetByTestId("erased-chats")).ToHaveTextAsync("3");
        await page.GetByTestId("erased-done").ClickAsync();
        await Expect(page.GetByTestId("shopper-back")).ToBeVisibleAsync();
        (await Shop.Rows.ScalarAsync<long>("select count(*) from sdk_chat where profile_id = @profile", new { profile })).Should().Be(0);

        await page.GotoAsync($"/console/admin#/tenants/{Shop.Id}");
        await page.GetByTestId("tenant-erase").ClickAsync();
        await page.GetByTestId("erase-profile").FillAsync(profile.ToString());
        await page.GetByTestId("erase-confirm").FillAsync(profile.ToString());
        await page.GetByTestId("erase-submit").ClickAsync();
        await Expect(page.GetByTestId("erased")).ToContainTextAsync("Nothing was erased");
    }

    [Test]
    public async Task Audit_FilteredInTheAddress_ShowsWhoReadWhat()
    {
        var asked = await Shop.AskAsync();
        var page = await AdminAsync($"#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => Shop.Rows.ScalarAsync<bool>(
            "select exists (select from audit_entry where target_id = @chat and action = 'read_chat')", new { chat = asked.Chat }));

        await page.GotoAsync($"/console/admin#/audit?tenant={Shop.Id}");
        await page.GetByTestId("audit-action").SelectOptionAsync("read_chat");

        await Expect(
            page.GetByTestId("audit-table").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = asked.Chat.ToString() }).First)
            .ToBeVisibleAsync();
        page.Url.Should().Contain($"action=read_chat&tenant={Shop.Id}");
        await page.ReloadAsync();
        await Expect(page.GetByTestId("audit-action")).ToHaveValueAsync("read_chat");

        // A phone shows the rows first.
        await page.SetViewportSizeAsync(390, 844);
        await Expect(page.GetByTestId("audit-action")).ToBeHiddenAsync();
        await Expect(page.GetByTestId("audit-fold")).ToHaveTextAsync("Filters (2)");
        await page.GetByTestId("audit-fold").ClickAsync();
        await Expect(page.GetByTestId("audit-action")).ToBeVisibleAsync();
    }

    private async Task<IPage> AdminAsync(string place = "") =>
        await OpenAsync(await BrowserAsync(backoffice: true), "/console/admin" + place);
}
