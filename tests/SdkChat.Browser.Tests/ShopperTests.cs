using System.Text.RegularExpressions;
using SdkChat.Browser.Tests.Support;

namespace SdkChat.Browser.Tests;

/// <summary>A shopper's page: who it is, all chats with their totals, sessions with stamps, the profile.</summary>
public sealed partial class ShopperTests : ConsoleTest
{
    [Test]
    public async Task Page_OfAShopper_HasTotalsChatsSessionsAndProfile()
    {
        var profile = await HistoryAsync();
        await Shop.HistoryAsync(3, profile: """{"name":"Other"}""");
        var page = await OpenAsync(await BrowserAsync(), $"/console#/chats?profile={profile}&status=error");
        await page.GetByTestId("row-person").First.ClickAsync();

        await Expect(page).ToHaveURLAsync(Place());
        var shopper = page.GetByTestId("shopper");
        await Expect(shopper.Locator("#shopper-title")).ToHaveTextAsync("Kim <b>Minji</b>");
        await Expect(shopper.Locator("#shopper-title")).ToBeFocusedAsync();
        foreach (var (name, number) in new[]
        {
            ("total", "23"), ("completed", "21"), ("error", "2"), ("in_progress", "0"), ("triggered", "0"),
        })
            await Expect(page.GetByTestId($"shopper-{name}").Locator(".tile-value")).ToHaveTextAsync(number);
        await Expect(page.GetByTestId("shopper-chats").Locator("tbody tr")).ToHaveCountAsync(20);
        await Expect(page.GetByTestId("shopper-sessions")).ToContainTextAsync("ENTERED_STORE");
        await Expect(page.GetByTestId("shopper-sessions")).ToContainTextAsync("active");
        await Expect(shopper.Locator(".json").Last).ToContainTextAsync("\"allergies\"");
        await page.GetByTestId("shopper-older").ClickAsync();
        await Expect(page.GetByTestId("shopper-chats").Locator("tbody tr")).ToHaveCountAsync(3);
        await page.GetByTestId("shopper-error").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("2 chats");
    }

    [Test]
    public async Task Key_S_OpensTheShopperOfTheChatAndNewChatsAppear()
    {
        var asked = await Shop.AskAsync();
        var page = await LivePageAsync($"/console#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("detail-person")).ToHaveTextAsync("Sato Hanako");
        await page.Keyboard.PressAsync("s");
        await Expect(page.GetByTestId("shopper-in_progress").Locator(".tile-value")).ToHaveTextAsync("1");

        await Shop.CompleteAsync(asked);

        await Expect(page.GetByTestId("shopper-completed").Locator(".tile-value")).ToHaveTextAsync("1");
    }

    [Test]
    public async Task Page_OfAnUnknownShopper_SaysSoAndLeadsBack()
    {
        var page = await OpenAsync(await BrowserAsync(), "/console#/shoppers/019f0000-0000-7000-8000-000000000000");

        await Expect(page.GetByTestId("error")).ToContainTextAsync("This shopper does not exist, or was erased");
        await page.GetByTestId("shopper-back").ClickAsync();
        await Expect(page.GetByTestId("search")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Page_InTheBackoffice_IsReadOnce()
    {
        var profile = await HistoryAsync();
        var page = await OpenAsync(await BrowserAsync(backoffice: true), $"/console/admin#/shoppers/{profile}");

        await Expect(page.GetByTestId("shopper-total").Locator(".tile-value")).ToHaveTextAsync("23");
        await Expect(page.GetByTestId("shopper-numbers")).ToHaveCountAsync(0);
        await page.GetByTestId("shopper-list").ClickAsync();
        await Expect(page.GetByTestId("total")).ToHaveTextAsync("23 chats");
    }

    [TestCase("en", "light", 1440)]
    [TestCase("ko", "dark", 390)]
    [TestCase("ja", "light", 390)]
    public async Task Page_InEachLanguage_HasNoFaultAndFits(string language, string theme, int width)
    {
        var profile = await HistoryAsync();
        var context = await BrowserAsync(width: width);
        await RememberAsync(context, "language", language);
        await RememberAsync(context, "theme", theme);
        var page = await OpenAsync(context, $"/console#/shoppers/{profile}");
        await Expect(page.GetByTestId("shopper-total").Locator(".tile-value")).ToHaveTextAsync("23");

        (await Axe.FaultsAsync(page)).Should().BeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).Should().BeLessThanOrEqualTo(0);
    }

    private async Task<Guid> HistoryAsync()
    {
        var profile = await Shop.HistoryAsync(21, profile: """{"name":"Kim <b>Minji</b>","locale":"ko","age":32,"allergies":["nuts"]}""");
        await Shop.Rows.ExecuteAsync(
            """
            insert into sdk_chat (chat_id, tenant_id, profile_id, prompt, status, back_list_status, last_error, created_at, updated_at)
              select gen_random_uuid(), @Id, @profile, 'What now?', 'error', 'not_started', 'No shelf', now(), now() from generate_series(1, 2);
            insert into profile_session (session_id, tenant_id, profile_id, started_at, ended_at, stamps)
              select gen_random_uuid(), @Id, @profile, now() - n * interval '1 h', case when n > 1 then now() - n * interval '30 min' end, 1 from generate_series(1, 2) n;
            insert into session_stamp (session_id, number, tenant_id, status, meta, stamped_at)
              select session_id, 1, @Id, 'ENTERED_STORE', convert_to('{"door":1.0E1}', 'UTF8'), started_at from profile_session where profile_id = @profile
            """,
            new { Shop.Id, profile });
        return profile;
    }

    [GeneratedRegex("#/shoppers/[0-9a-f-]{36}$")]
    private static partial Regex Place();
}
