using System.Reflection;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests.Support;

/// <summary>Debian's Chromium, headless, driven by Playwright: one for all.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>
    /// Where it is, without its windows where Debian's smaller package is installed; null when there is none, which
    /// <c>./sdkchat test</c> would change.
    /// </summary>
    public static string? Path => Programs.Find("chromium-headless-shell") ?? Programs.Find("chromium");

    public static async Task<Chromium> StartAsync()
    {
        // A deadline that a busy machine does not reach.
        SetDefaultExpectTimeout(60_000);
        var driver = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PlaywrightDriver").Value;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", driver);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            // Its sandbox does not work for root; what it is shown here is our own.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
