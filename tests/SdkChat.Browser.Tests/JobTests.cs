using System.Diagnostics;
using System.Globalization;

namespace SdkChat.Browser.Tests;

/// <summary>
/// What people come for, done with the keyboard alone at the speed of a hand, and timed: <c>docs/console.md</c> has the table.
/// </summary>
public sealed class JobTests : ConsoleTest
{
    /// <summary>From one key to the next.</summary>
    private const float Hand = 100;

    private delegate Task Press(params string[] keys);

    [Test]
    public async Task TenantsJobs_ByKeyboard_TakeFewKeys()
    {
        var profile = await Shop.HistoryAsync(3, profile: """{"name":"Lee Jun"}""");
        await Shop.HistoryAsync(2, "error");
        var asked = await Shop.AskAsync("Ramen for two");
        await Shop.CompleteAsync(asked);
        var context = await BrowserAsync();
        var page = await OpenAsync(context);
        await ConnectionAsync(page, "live");

        var failed = await TimeAsync("failed since yesterday, why, and the list", 13, page, async keys =>
        {
            await keys("Control+k", "f", "a", "i", "l", "e", "d", " ", "s", "Enter");
            await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
            await Expect(page.GetByTestId("row-error").First).Not.ToBeEmptyAsync();
            var download = page.WaitForDownloadAsync();
            await keys("e", "Enter");
            (await File.ReadAllLinesAsync(await (await download).PathAsync())).Should().HaveCount(3, "a heading and two chats");
            await keys("Escape");
        });
        await (await page.Context.NewPageAsync()).BringToFrontAsync();
        // A page with nothing to do shows how much slower than a hand this machine is today.
        var idle = page.Context.Pages[^1];
        var machine = await TimeAsync(
            "the same number of keys, and nothing else", 13, idle, keys => keys(Enumerable.Repeat("a", 13).ToArray()));
        failed.Should().BeLessThan(15 * machine / (13 * Hand / 1000));
        await idle.CloseAsync();

        await TimeAsync("chats that mention a word", 9, page, async keys =>
        {
            await keys("g", "c", "/", "r", "a", "m", "e", "n", "Enter");
            await Expect(page.GetByTestId("chat-row").Locator("mark")).ToHaveTextAsync("Ramen");
        });
        await TimeAsync("a shopper's history", 5, page, async keys =>
        {
            await keys("Control+k", "j", "u", "n");
            await Expect(page.GetByTestId("palette-entry").First).ToContainTextAsync("Lee Jun");
            await keys("Enter");
            await Expect(page.GetByTestId("shopper-total").Locator(".tile-value")).ToHaveTextAsync("3");
            page.Url.Should().Contain(profile.ToString());
        });
        await TimeAsync("chats a day, answer times, reasons, products", 2, page, async keys =>
        {
            await keys("g", "o");
            await Expect(page.GetByTestId("overview-errors")).ToBeVisibleAsync();
        });
    }

    [Test]
    public async Task BackofficesJobs_ByKeyboard_TakeFewKeys()
    {
        var asked = await Shop.AskAsync();
        var page = await OpenAsync(await BrowserAsync(backoffice: true), "/console/admin");

        await TimeAsync("a chat by its id", 2, page, async keys =>
        {
            await keys("Control+k");
            await page.Keyboard.InsertTextAsync(asked.Chat.ToString()); // pasted
            await keys("Enter");
            await Expect(page.GetByTestId("chat-detail")).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        });
        await TimeAsync("tenants compared", 2, page, async keys =>
        {
            await keys("g", "s");
            await Expect(page.GetByTestId("statistics-table")).ToBeVisibleAsync();
        });
        await TimeAsync("who did what", 2, page, async keys =>
        {
            await keys("g", "a");
            await Expect(page.Locator("[data-testid=audit-table]:visible").First).ToBeVisibleAsync();
        });
    }

    /// <summary>How many seconds a job takes; prints that with the number of its keys.</summary>
    private static async Task<double> TimeAsync(string job, int most, IPage page, Func<Press, Task> work)
    {
        var count = 0;
        var clock = Stopwatch.StartNew();
        await work(async keys =>
        {
            foreach (var key in keys)
                await page.Keyboard.PressAsync(key, new KeyboardPressOptions { Delay = Hand });
            count += keys.Length;
        });
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job}: {count} keys, {clock.Elapsed.TotalSeconds:F1} s"));
        count.Should().BeLessThanOrEqualTo(most, job);
        return clock.Elapsed.TotalSeconds;
    }
}
