using System.Reflection;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests.Support;

/// <summary>Debian's Chromium, headless, driven by Playwright: one for all.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Its sandbox does not work for root; what it is shown here is our own.</summary>
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    /// <summary>
    /// Where it is, without its windows where Debian's smaller package is installed; null when there is none, which
    /// <c>./sdkchat test</c> would change.
    /// </summary>
    public static string? Path => Programs.FindChromium();

    public static async Task<Chromium> StartAsync()
    {
        SetDefaultExpectTimeout((float)Deadlines.Soon.TotalMilliseconds);
        var driver = typeof(Chromium).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "PlaywrightDriver").Value;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", driver);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args = Arguments,
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A browser of its own on a profile folder, with whatever its preferences say.</summary>
    public Task<IBrowserContext> PersistentAsync(string profile, Uri baseAddress) => _playwright.Chromium.LaunchPersistentContextAsync(
        profile,
        // The smaller package has no preferences.
        new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Programs.Find("chromium") ?? Path, Args = Arguments, BaseURL = baseAddress.ToString(), Locale = "en-US",
        });

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
