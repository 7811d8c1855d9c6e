using System.Collections.Concurrent;
using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>
/// A test with a shop and a browser of its own (a context: cookies and storage), that fails if any page threw, or was kept by
/// its policy from doing something.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class ConsoleTest
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<IBrowserContext> _contexts = [];

    internal Shop Shop { get; private set; } = null!;

    /// <summary>What a test that provokes complaints takes note of.</summary>
    protected IReadOnlyCollection<string> Complaints => _complaints;

    [SetUp]
    public async Task AddShopAsync()
    {
        if (Chromium.Path is null)
            Assert.Ignore("Chromium is not installed (./sdkchat test installs it).");
        Shop = new Shop(await Stage.AddTenantAsync());
    }

    [TearDown]
    public async Task CloseAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        if (!TestContext.CurrentContext.Test.Properties.ContainsKey("Provokes"))
            _complaints.Should().BeEmpty();
    }

    /// <summary>A person's browser, signed in to the shop unless a token says otherwise.</summary>
    protected async Task<IBrowserContext> BrowserAsync(
        string? token = null, bool signedIn = true, bool backoffice = false, int width = 1280, int height = 900, Uri? at = null,
        string locale = "en-US")
    {
        var context = await Stage.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (at ?? Stage.Api.BaseAddress).ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = locale,
            TimezoneId = AroundNoon(),
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Deadlines.Soon.TotalMilliseconds);
        _contexts.Add(context);
        context.Page += (_, page) => Listen(page);
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', (e) => console.error(`Content Security Policy: ${e.violatedDirective} "
            + "${e.sample}`))");
        if (signedIn)
        {
            await context.AddCookiesAsync([new Cookie
            {
                Name = backoffice ? "backoffice_token" : "tenant_token",
                Value = token ?? (backoffice ? Stage.Api.BackofficeToken() : Shop.Token()),
                Url = (at ?? Stage.Api.BaseAddress).ToString(),
                HttpOnly = true,
                SameSite = SameSiteAttribute.Strict,
            }]);
        }

        return context;
    }

    /// <summary>A time zone in which no day begins or ends while a test runs, whatever zone the machine is in.</summary>
    private static string AroundNoon()
    {
        var ahead = Math.Min(12 - TimeProvider.System.GetUtcNow().Hour, 11);
        // The names of these zones have the sign of POSIX: Etc/GMT-9 is nine hours ahead.
        return ahead >= 0 ? $"Etc/GMT-{ahead}" : $"Etc/GMT+{-ahead}";
    }

    /// <summary>A page on the console whose list has been read.</summary>
    protected static async Task<IPage> OpenAsync(IBrowserContext context, string path = "/console")
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        // A view that is not shown may still wait to be.
        await Expect(page.Locator("[data-testid=loading]:visible")).ToHaveCountAsync(0);
        return page;
    }

    /// <summary>A page of this shop's console whose stream is open.</summary>
    protected async Task<IPage> LivePageAsync(string path = "/console", int width = 1280, int height = 900)
    {
        var page = await OpenAsync(await BrowserAsync(width: width, height: height), path);
        await ConnectionAsync(page, "live");
        return page;
    }

    /// <summary>Makes a choice that was made on an earlier visit.</summary>
    protected static Task RememberAsync(IBrowserContext context, string choice, string value) =>
        // Blank pages have no storage.
        context.AddInitScriptAsync($"if (location.protocol !== 'about:') localStorage.setItem('sdkchat.{choice}', '{value}')");

    protected static Task ConnectionAsync(IPage page, string state) =>
        Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", state);

    protected static ILocator Row(IPage page, Guid chat) => page.Locator($"[data-testid=chat-row][data-chat-id='{chat}']");

    private void Listen(IPage page)
    {
        page.PageError += (_, error) => _complaints.Enqueue($"thrown: {error}");
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)
                || message.Text.Contains("Trusted", StringComparison.Ordinal))
                _complaints.Enqueue(message.Text);
        };
    }
}
