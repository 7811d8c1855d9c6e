using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>Sign-in at an OpenID Connect provider, through its own form, on a service that has one for both pages.</summary>
public sealed class ProviderTests : ConsoleTest
{
    private static TestProvider _provider = null!;
    private static TestApi _api = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        if (Support.Chromium.Path is null)
            return;
        _provider = await TestProvider.StartAsync();
        _api = await TestApi.StartAsync(Stage.ConnectionString, new Dictionary<string, string?>(Stage.Settings.Concat(_provider.Settings)));
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_api is null)
            return;
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private string User => $"admin-of-{Shop.Code}";

    [Test]
    public async Task SignIn_ToADeepLink_KeepsTheViewAndSignsOutAtTheProviderToo()
    {
        await Shop.HistoryAsync(2);
        await Shop.HistoryAsync(1, "error");
        _provider.AddTenantUser(User, Shop.Id);
        var context = await BrowserAsync(signedIn: false, at: _api.BaseAddress);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/console#/chats?status=error");
        await SignInAsync(page, User, "Sign in with Shop Login");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Uri(_api.BaseAddress, "/console#/chats?status=error").ToString());
        await ConnectionAsync(page, "live");

        await page.GetByTestId("sign-out").ClickAsync();
        await Expect(page.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Uri(_api.BaseAddress, "/console").ToString());
        (await context.CookiesAsync()).Select(cookie => cookie.Name)
            .Should().NotContain([TestProvider.UserCookie, "tenant_token", "tenant_renewal"]);

        // The provider asks again, and now the user cancels.
        await SignInAsync(page, "a-stranger", "Sign in with Shop Login");
        await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync("was cancelled");
    }

    [Test]
    public async Task SignIn_OfABackofficeAdmin_OpensTheBackoffice()
    {
        _provider.AddBackofficeUser("root");
        var page = await (await BrowserAsync(signedIn: false, at: _api.BaseAddress)).NewPageAsync();

        await page.GotoAsync("/console/admin#/audit");
        await SignInAsync(page, "root", "Sign in with 127.0.0.1");

        await ConnectionAsync(page, "polling");
        await Expect(page).ToHaveURLAsync(new Uri(_api.BaseAddress, "/console/admin#/audit").ToString());
    }

    [TestCase("ko-KR", "로그인", "역할이 없습니다", "사용이 중지되었습니다")]
    [TestCase("ja-JP", "サインイン", "ロールがありません", "テナントは無効です")]
    public async Task SignIn_OfAUserWhoMayNot_SaysWhyAndTheTokenFormWorks(string locale, string button, string role, string disabled)
    {
        await Shop.HistoryAsync(1);
        _provider.AddTenantUser(User, Shop.Id, "viewer");
        var page = await (await BrowserAsync(signedIn: false, at: _api.BaseAddress, locale: locale)).NewPageAsync();
        await page.GotoAsync("/console#/overview");
        await SignInAsync(page, User, button);
        await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync(role);
        await Expect(page).ToHaveURLAsync(new Uri(_api.BaseAddress, "/console#/overview").ToString());

        _provider.AddTenantUser(User, await Shop.Rows.TenantAsync($"closed-{Shop.Code}", enabled: false));
        await page.GetByTestId("sign-in-provider").ClickAsync();
        await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync(disabled);

        // Of the provider's issuer, but signed with the other key that the service accepts.
        var claims = TestTokens.TenantClaims(Shop.Id, DateTimeOffset.UtcNow);
        claims["iss"] = _provider.Authority;
        await page.GetByTestId("sign-in-token").FillAsync(TestTokens.Hs256(claims, TestTokens.TenantSecret));
        await page.GetByTestId("sign-in-token").PressAsync("Enter");
        await Expect(page.GetByTestId("sign-in-form")).ToHaveCountAsync(0);
        await ConnectionAsync(page, "live");
    }

    [Test]
    public async Task Session_ThatExpires_IsRenewedWithoutAClick()
    {
        await Shop.HistoryAsync(1);
        _provider.AddTenantUser(User, Shop.Id);
        var context = await BrowserAsync(signedIn: false, at: _api.BaseAddress);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console");
        await SignInAsync(page, User, "Sign in with Shop Login");
        await ConnectionAsync(page, "live");
        var before = await TokenAsync(context);

        // As after a night's sleep: the token is gone, and the first calls of the page are refused.
        await context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "tenant_token" });
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await Eventually.TrueAsync(async () => await TokenAsync(context) is { } token && token != before);
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
        await ConnectionAsync(page, "live");

        // The role is withdrawn at the provider.
        _provider.AddTenantUser(User, Shop.Id, "viewer");
        await context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "tenant_token" });
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(page.GetByTestId("sign-in-error")).ToContainTextAsync("lacks the role");
    }

    private static async Task<string?> TokenAsync(IBrowserContext context) =>
        (await context.CookiesAsync()).FirstOrDefault(cookie => cookie.Name == "tenant_token")?.Value;

    private static async Task SignInAsync(IPage page, string user, string button)
    {
        await Expect(page.GetByTestId("sign-in-provider")).ToContainTextAsync(button);
        await page.GetByTestId("sign-in-provider").ClickAsync();
        await page.GetByLabel("User").FillAsync(user);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Log in" }).ClickAsync();
    }
}
