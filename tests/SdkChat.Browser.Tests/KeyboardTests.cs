using System.Text.RegularExpressions;
using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>Keys of the whole page, the palette, and alerts that can be heard.</summary>
public sealed class KeyboardTests : ConsoleTest
{
    [Test]
    public async Task G_AndALetter_GoToASectionAndAreNoKeysOfTheList()
    {
        await Shop.HistoryAsync(3);
        var page = await OpenAsync(await BrowserAsync());

        foreach (var (letter, section) in new[] { ("o", "overview"), ("k", "keys"), ("a", "access"), ("c", "chats") })
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(letter);
            await Expect(page.GetByTestId($"nav-{section}")).ToHaveAttributeAsync("aria-current", "page");
        }

        await page.Keyboard.PressAsync("j");
        await Expect(page.GetByTestId("chat-row").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByTestId("help")).ToContainTextAsync("Overview");
    }

    [TestCase("en", "light")]
    [TestCase("ko", "dark")]
    [TestCase("ja", "light")]
    public async Task Palette_FindsAShopperThatThePageHasNotShown(string language, string theme)
    {
        var profile = await Shop.HistoryAsync(1, profile: """{"name":"Lee Jun"}""");
        await Shop.HistoryAsync(25);
        var context = await BrowserAsync();
        await RememberAsync(context, "language", language);
        await RememberAsync(context, "theme", theme);
        var page = await OpenAsync(context, "/console#/keys");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByTestId("palette-input")).ToBeFocusedAsync();
        (await Axe.FaultsAsync(page)).Should().BeEmpty();

        await page.Keyboard.TypeAsync("jun");
        await Expect(page.GetByTestId("palette-entry")).ToHaveCountAsync(2);
        await Expect(page.GetByTestId("palette-entry").First).ToContainTextAsync("Lee Jun");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(new Regex($"#/shoppers/{profile}$"));
        await Expect(page.GetByTestId("shopper-total").Locator(".tile-value")).ToHaveTextAsync("1");
    }

    [Test]
    public async Task Palette_OfTheBackoffice_OpensAChatByItsId()
    {
        var asked = await Shop.AskAsync();
        var page = await OpenAsync(await BrowserAsync(backoffice: true), "/console/admin");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.InsertTextAsync(asked.Chat.ToString());
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByTestId("nav-tenants")).ToHaveAttributeAsync("aria-current", "page");
    }

    /// <summary>
    /// The rows of the former filter stay until the new ones are read; and a chat that the filter leaves out has its place by its time.
    /// </summary>
    [Test]
    public async Task NextChat_AfterAFilterAndBack_IsThatOfTheAddress()
    {
        var profile = await Shop.Rows.ProfileAsync(Shop.Id, """{"name":"Kim Minji"}""");
        var chats = new List<Guid>();
        foreach (var status in new[] { "error", "completed", "error", "completed", "error" })
            chats.Add(await Shop.Rows.ChatAsync(Shop.Id, profile, DateTimeOffset.UtcNow.AddHours(-9).AddMinutes(chats.Count), status));
        var page = await OpenAsync(await BrowserAsync(), $"/console#/chats/{chats[4]}");
        var read = new TaskCompletionSource();
        await page.RouteAsync("**/api/v1/sdk-chat?*", async route =>
        {
            await read.Task;
            await route.ContinueAsync();
        });

        // In one task, so that the key comes before the event of the new address.
        await page.EvaluateAsync(
            """
            () => {
              document.querySelector('[data-testid=filter-status] input[value=error]').click();
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }));
            }
            """);
        read.SetResult();
        await OpenedAsync(page, chats[2]);
        await page.GoBackAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"#/chats/{chats[4]}$"));
        await page.Keyboard.PressAsync("j");
        await OpenedAsync(page, chats[3]);

        await page.EvaluateAsync($"location.hash = '#/chats/{chats[3]}?status=error'");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);
        await page.Keyboard.PressAsync("j");
        await OpenedAsync(page, chats[2]);
        await page.Keyboard.PressAsync("Escape");
        await Expect(Row(page, chats[2])).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(Row(page, chats[0])).ToBeFocusedAsync();
    }

    [Test]
    public async Task Sound_OfARule_IsOffUntilItIsTurnedOn()
    {
        var (first, second) = (await Shop.AskAsync(), await Shop.AskAsync());
        var context = await BrowserAsync();
        await context.AddInitScriptAsync("""
            window.tones = 0;
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (...args) { window.tones++; return start.apply(this, args); };
            """);
        var page = await OpenAsync(context);
        await ConnectionAsync(page, "live");
        await Shop.FailAsync(first, "No shelf");
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(1);
        (await page.EvaluateAsync<int>("window.tones")).Should().Be(0);

        await page.GetByTestId("alerts").ClickAsync();
        await page.GetByTestId("alerts-failedSound").CheckAsync();
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<int>("window.tones") == 2);
        (await Axe.FaultsAsync(page)).Should().BeEmpty();
        await page.Keyboard.PressAsync("Escape");
        await Shop.FailAsync(second, "No shelf");
        await Eventually.TrueAsync(async () => await page.EvaluateAsync<int>("window.tones") == 4);
    }

    private static Task OpenedAsync(IPage page, Guid chat) =>
        Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", chat.ToString());
}
