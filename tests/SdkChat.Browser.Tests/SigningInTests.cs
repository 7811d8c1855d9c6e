using SdkChat.Api.Authentication;
using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

public sealed class SigningInTests : ConsoleTest
{
    [Test]
    public async Task Link_FollowedOnce_LeadsToTheListAndASecondTimeSaysWhatToDo()
    {
        await Shop.HistoryAsync(1);
        var code = Stage.Links.Make(Schemes.Tenant, Shop.Token(), DateTimeOffset.UtcNow.AddHours(1));
        var page = await (await BrowserAsync(signedIn: false)).NewPageAsync();

        await page.GotoAsync($"/console/sign-in/{code}");
        await Expect(page).ToHaveURLAsync(new Uri(Stage.Api.BaseAddress, "/console").ToString());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);

        var stranger = await (await BrowserAsync(signedIn: false)).NewPageAsync();
        await stranger.GotoAsync($"/console/sign-in/{code}");
        await Expect(stranger.GetByTestId("spent-link")).ToContainTextAsync("./sdkchat sign-in");
        await stranger.GotoAsync("/console");
        await Expect(stranger.GetByTestId("sign-in-form")).ToBeVisibleAsync();

        var korean = await (await BrowserAsync(signedIn: false, locale: "ko-KR")).NewPageAsync();
        await korean.GotoAsync($"/console/sign-in/{code}");
        await Expect(korean.GetByText("더 이상 사용할 수 없습니다")).ToBeVisibleAsync();
        await Expect(korean.GetByText("This link does not work")).ToBeHiddenAsync();
    }

    [Test]
    public async Task Form_WithAToken_SignsInAndNeverShowsIt()
    {
        await Shop.HistoryAsync(2);
        var context = await BrowserAsync(signedIn: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console");

        foreach (var (wrong, why) in new[]
                 {
                     ("garbage", "not an access token"), (Stage.Api.BackofficeToken(), "not valid here"),
                     (Stage.Api.TenantToken(Shop.Id, role: null, code: Shop.Code), "lacks the role admin"),
                     (Shop.Token(TimeSpan.FromHours(-1)), "expired at"),
                 })
        {
            await SubmitAsync(page, wrong);
            await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync(why);
        }

        var token = Shop.Token();
        await SubmitAsync(page, token);

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
        page.Url.Should().NotContain(token);
        (await page.EvaluateAsync<string>("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
            .Should().NotContain(token);
        (await context.CookiesAsync())
            .Should().ContainSingle(cookie => cookie.Name == "tenant_token" && cookie.HttpOnly && cookie.Value == token);
    }

    [Test]
    public async Task SignOut_OfATab_SignsOutTheOthersToo()
    {
        await Shop.HistoryAsync(1);
        var context = await BrowserAsync();
        var (one, two) = (await OpenAsync(context), await OpenAsync(context));
        await Expect(two.GetByTestId("chat-row")).ToHaveCountAsync(1);

        await one.GetByTestId("sign-out").ClickAsync();

        await Expect(one.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        await Expect(two.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        await Expect(two.GetByTestId("chat-row")).ToHaveCountAsync(0);
        (await context.CookiesAsync()).Should().BeEmpty();
        await Eventually.TrueAsync(() => Task.FromResult(Shop.StreamsEnded() == Shop.StreamsOpened()));
    }

    [Test]
    public async Task SignOut_ThatIsRefused_SaysWhyAndForgetsWhatThePageShows()
    {
        await Shop.HistoryAsync(1);
        var page = await LivePageAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        var isRefused = true;
        // As behind a proxy that hides the page's own address from the service: the refusal is the service's.
        await page.RouteAsync("**/console/session", async route =>
        {
            if (isRefused && route.Request.Method == "DELETE")
                await route.FulfillAsync(
                    new RouteFulfillOptions
                    {
                        Response = await route.FetchAsync(
                            new RouteFetchOptions
                            {
                                Headers = [new("Origin", "https://elsewhere.example"), new("Cookie", $"tenant_token={Shop.Token()}")],
                            }),
                    });
            else
                await route.ContinueAsync();
        });

        await page.GetByTestId("sign-out").ClickAsync();

        await Expect(page.GetByTestId("sign-out-failed")).ToContainTextAsync("You are still signed in");
        await Expect(page.GetByTestId("sign-out-failed")).ToContainTextAsync("another address");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(0);
        await ConnectionAsync(page, "paused");
        await Eventually.TrueAsync(() => Shop.StreamsEnded() == 1);
        // Not even a look at another tab brings it back.
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await page.EvaluateAsync("fetch('/console/session').then((response) => response.text())");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(0);

        await page.GetByTestId("sign-out-stay").ClickAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await ConnectionAsync(page, "live");
        await page.GetByTestId("sign-out").ClickAsync();
        await Expect(page.GetByTestId("sign-out-failed")).ToBeVisibleAsync();
        isRefused = false;
        await page.GetByTestId("sign-out-retry").ClickAsync();
        await Expect(page.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        (await page.Context.CookiesAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task SignOut_WhileTheServiceIsAway_SaysWhyAndForgetsWhatThePageShows()
    {
        await Shop.HistoryAsync(1);
        var page = await LivePageAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await page.RouteAsync("**/console/session", route => route.AbortAsync());

        await page.GetByTestId("sign-out").ClickAsync();

        await Expect(page.GetByTestId("sign-out-failed")).ToContainTextAsync("cannot be reached");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Token_ThatExpires_SignsOutAndAnotherSignsInAgain()
    {
        await Shop.HistoryAsync(1);
        // Accepted for a while more, in which even a slow page is there: half a minute of skew is left to clocks.
        var page = await OpenAsync(await BrowserAsync(Shop.Token(TimeSpan.FromSeconds(-15))));
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);

        await Expect(page.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        await ConnectionAsync(page, "signed-out");
        await SubmitAsync(page, Shop.Token());

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await ConnectionAsync(page, "live");
    }

    [Test]
    public async Task Backoffice_WithItsLink_IsNotATenantsConsole()
    {
        var code = Stage.Links.Make(Schemes.Backoffice, Stage.Api.BackofficeToken(), DateTimeOffset.UtcNow.AddHours(1));
        var page = await (await BrowserAsync(signedIn: false)).NewPageAsync();

        await page.GotoAsync($"/console/sign-in/{code}");
        await Expect(page).ToHaveURLAsync(new Uri(Stage.Api.BaseAddress, "/console/admin").ToString());
        await ConnectionAsync(page, "polling");
        await page.GotoAsync("/console");
        await Expect(page.GetByTestId("sign-in-form")).ToBeVisibleAsync();
    }

    /// <summary>Waits for the attempt before, during which the form accepts no other.</summary>
    private static async Task SubmitAsync(IPage page, string token)
    {
        await Expect(page.GetByTestId("sign-in-form").Locator("button[type=submit]")).ToBeEnabledAsync();
        await page.GetByTestId("sign-in-token").FillAsync(token);
        await page.GetByTestId("sign-in-token").PressAsync("Enter");
    }
}
