using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>The database goes away and comes back, and a page comes back with it, whether it was there before or not.</summary>
public sealed class OutageTests : ConsoleTest
{
    [Test]
    public async Task Page_LoadedBeforeOrDuringAnOutage_ComesBackByItself()
    {
        await using var postgres = await TestPostgres.StartAsync();
        var connectionString = postgres.MigratedConnectionString;
        var rows = new Rows(connectionString);
        var tenant = await rows.TenantAsync("demo");
        await rows.ChatAsync(tenant, await rows.ProfileAsync(tenant));
        // An outage need not last half a minute to be one.
        await using var api = await TestApi.StartAsync(connectionString, new Dictionary<string, string?>(Stage.Settings)
        {
            ["Live:FeedGraceSeconds"] = "5",
            ["Database:ConnectTimeoutSeconds"] = "1",
        });
        var before = await OpenAsync(await BrowserAsync(api.TenantToken(tenant), at: api.BaseAddress));
        await ConnectionAsync(before, "live");

        await postgres.StopServerAsync();
        await ConnectionAsync(before, "reconnecting");
        // A node that came up during the outage knows no tenant, as after a restart.
        await using var late = await TestApi.StartAsync(
            connectionString, new Dictionary<string, string?>(Stage.Settings) { ["Database:ConnectTimeoutSeconds"] = "1" });
        var during = await (await BrowserAsync(late.TenantToken(tenant), at: late.BaseAddress)).NewPageAsync();
        await during.GotoAsync("/console");
        await Expect(during.GetByTestId("error")).ToContainTextAsync("The page tries again by itself.");
        await ConnectionAsync(during, "reconnecting");

        await postgres.StartServerAsync();

        foreach (var page in new[] { before, during })
        {
            await ConnectionAsync(page, "live");
            await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(1);
            await page.CloseAsync();
        }
    }
}
