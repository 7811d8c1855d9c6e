using SdkChat.Browser.Tests.Support;

namespace SdkChat.Browser.Tests;

/// <summary>A screen on a wall: signed in with a link, without anybody who clicks, until it is revoked.</summary>
public sealed class WallTests : ConsoleTest
{
    [Test]
    public async Task Link_OpenedOnAScreen_ShowsTheWallUntilItIsRevoked()
    {
        await Shop.HistoryAsync(2, "error");
        await Shop.Rows.ExecuteAsync(
            "update sdk_chat set last_error = 'No shelf <b>', created_at = now() where tenant_id = @Id", new { Shop.Id });
        await Shop.HistoryAsync(1, "in_progress");
        var admin = await OpenAsync(await BrowserAsync(), "/console#/keys");
        await admin.GetByTestId("screen-new").ClickAsync();
        await admin.GetByTestId("screen-name").FillAsync("Counter");
        await admin.GetByTestId("screen-dialog-submit").ClickAsync();
        var link = await admin.GetByTestId("screen-link").TextContentAsync();
        await admin.Keyboard.PressAsync("Escape");

        var screen = await (await BrowserAsync(signedIn: false)).NewPageAsync();
        await screen.GotoAsync(link!);
        await Expect(screen.GetByTestId("wall-failed")).ToHaveTextAsync("2");
        await Expect(screen.GetByTestId("wall-waiting")).ToHaveTextAsync("1");
        await Expect(screen.GetByTestId("wall-failures").Locator("li")).ToHaveCountAsync(2);
        await Expect(screen.GetByTestId("wall-failures")).ToContainTextAsync("No shelf <b>");
        screen.Url.Should().EndWith("/console/wall", "the code is taken out of the address");
        await screen.ReloadAsync();
        await Expect(screen.GetByTestId("wall-failed")).ToHaveTextAsync("2");

        await admin.GetByTestId("nav-keys").ClickAsync();
        await Expect(admin.GetByTestId("screens-table")).ToContainTextAsync("Counter");
        await admin.GetByTestId("screen-revoke").ClickAsync();
        await admin.GetByTestId("confirm-yes").ClickAsync();
        await Expect(screen.GetByTestId("wall-state")).ToContainTextAsync("not signed in");
        await Expect(screen.GetByTestId("wall-failed")).ToBeHiddenAsync();
        var spent = await (await BrowserAsync(signedIn: false)).NewPageAsync();
        await spent.GotoAsync(link!);
        await Expect(spent.GetByTestId("wall-state")).ToContainTextAsync("used already");
    }

    [Test]
    public async Task Wall_LoadedDuringAnOutage_ComesByItselfAndIsLive()
    {
        var asked = await Shop.AskAsync();
        var context = await BrowserAsync();
        await context.RouteAsync("**/console/screen", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 503, ContentType = "application/json", Body = """{"success":false,"code":"UNAVAILABLE","message":"Not now."}""",
        }));
        var screen = await context.NewPageAsync();
        await screen.GotoAsync("/console/wall");
        await Expect(screen.GetByTestId("wall-state")).ToContainTextAsync("not available");

        await context.UnrouteAllAsync();
        await Expect(screen.GetByTestId("wall-waiting")).ToHaveTextAsync("1");
        await Shop.FailAsync(asked, "Broken fridge");
        await Expect(screen.GetByTestId("wall-failures")).ToContainTextAsync("Broken fridge");
        await Expect(screen.GetByTestId("wall-waiting")).ToHaveTextAsync("0");

        await context.RouteAsync("**/api/v1/sdk-chat*", route => route.AbortAsync());
        await Expect(screen.GetByTestId("wall-state")).ToContainTextAsync("No connection");
        await Expect(screen.GetByTestId("wall-waiting")).ToHaveTextAsync("0");
    }

    [TestCase("en", "dark", 1440, "Latest failures")]
    [TestCase("ko", "light", 390, "최근 실패")]
    [TestCase("ja", "dark", 390, "最近の失敗")]
    public async Task Wall_InEachLanguage_HasNoFaultAndDimsByItsSetting(string language, string theme, int width, string heading)
    {
        await Shop.HistoryAsync(3, "error");
        var context = await BrowserAsync(width: width);
        await RememberAsync(context, "language", language);
        await RememberAsync(context, "theme", theme);
        await RememberAsync(context, "wall-night", "0-0");
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console/wall");
        await Expect(page.GetByTestId("wall-failures").Locator("li")).ToHaveCountAsync(3);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(heading);
        await page.GetByTestId("wall").HoverAsync();
        (await Axe.FaultsAsync(page)).Should().BeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).Should().BeLessThanOrEqualTo(0);

        var hour = await page.EvaluateAsync<int>("new Date().getHours()");
        await page.GetByTestId("night-from").SelectOptionAsync($"{hour}");
        await page.GetByTestId("night-to").SelectOptionAsync($"{(hour + 2) % 24}");
        await Expect(page.GetByTestId("wall")).ToHaveAttributeAsync("data-night", "true");
        await Expect(page.GetByTestId("wall")).ToHaveCSSAsync("background-color", "rgb(0, 0, 0)");
        await Expect(page.GetByTestId("wall")).ToHaveCSSAsync("color", "rgb(139, 139, 139)");
        (await Axe.FaultsAsync(page)).Should().BeEmpty("it is dimmed without losing contrast");
    }
}
