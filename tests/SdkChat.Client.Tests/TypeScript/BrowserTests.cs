using SdkChat.Client.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Client.Tests.TypeScript;

/// <summary>The TypeScript client in a browser, by cookie: its own EventSource, which tells nothing of why it was refused.</summary>
public sealed class BrowserTests
{
    [Test]
    public async Task Stream_ByCookie_IsRefused_SignsInAgain_AndSurvivesARestart()
    {
        if (Programs.FindChromium() is null)
            Assert.Ignore("chromium is not installed: ./sdkchat test installs it where it may.");
        var client = await NodeFolder.PrepareAsync("clients/typescript");
        (await client.RunAsync("tsc")).Code.Should().Be(0);
        await using var page = await BrowserPage.ServeAsync(Path.Combine(client.Folder, "dist", "src"));
        await using var shop = await Shop.OpenAsync(("Cors:AllowedOrigins:0", page.Origin));
        using var patience = new CancellationTokenSource(Deadlines.Soon);

        page.Browse(shop.Address, "not-a-token");
        await page.UntilAsync("signed-out", patience.Token);
        page.NextToken = shop.Token;
        await page.UntilAsync("live", patience.Token);
        await page.UntilAsync("first 1", patience.Token);
        await shop.EventAsync("chat_completed");
        await page.UntilAsync($"completed {shop.Chat}", patience.Token);

        await shop.StopAsync();
        await page.UntilAsync("reconnecting", patience.Token);
        await shop.AddChatAsync();
        await shop.StartAsync();
        await page.UntilAsync("gap 2", patience.Token);
    }
}
