using SdkChat.Browser.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Browser.Tests;

/// <summary>What happens while one looks.</summary>
public sealed class LiveTests : ConsoleTest
{
    /// <summary>The list is not read every ten seconds, so what changes has come by the stream.</summary>
    private const string NoPolling =
        "const after = setTimeout; window.setTimeout = (run, wait, ...rest) => wait === 10000 ? 0 : after(run, wait, ...rest)";

    [Test]
    public async Task Chat_ThatCompletesWhileOneLooks_ShowsItsResult()
    {
        var asked = await Shop.AskAsync();
        var page = await LivePageAsync();
        await Row(page, asked.Chat).ClickAsync();
        await Expect(page.GetByTestId("detail-status")).ToHaveAttributeAsync("data-status", "in_progress");
        await page.EvaluateAsync("window.sameDocument = true");

        await Shop.CompleteAsync(asked);

        await Expect(page.GetByTestId("detail-status")).ToHaveAttributeAsync("data-status", "completed");
        await Expect(page.GetByTestId("todos")).ToContainTextAsync("Boil the noodles");
        await Expect(Row(page, asked.Chat)).ToHaveAttributeAsync("data-status", "completed");
        (await page.EvaluateAsync<bool>("window.sameDocument === true")).Should().BeTrue();
    }

    [Test]
    public async Task BackList_Reached_ShowsAToastAndAMarker()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        var page = await LivePageAsync();
        await Expect(page.GetByTestId("map-marker")).ToHaveCountAsync(0);

        await Shop.TriggerAsync(asked);

        await Expect(page.GetByTestId("toast")).ToContainTextAsync("Udon is on sale");
        await Expect(page.GetByTestId("map-marker")).ToHaveAttributeAsync("data-x", "0.25");
        await page.GetByTestId("toast-dismiss").ClickAsync();
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Chat_ThatStartsWhileOneLooks_SlidesInOnTop()
    {
        await Shop.HistoryAsync(3);
        var page = await UnpolledPageAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);

        var asked = await Shop.AskAsync();

        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(4);
        await Expect(page.GetByTestId("chat-row").First).ToHaveAttributeAsync("data-chat-id", asked.Chat.ToString());
        await Expect(page.GetByTestId("total")).ToContainTextAsync("4");
    }

    [Test]
    public async Task Chat_ThatFailsOrEndsWhileOneLooks_ChangesItsRow()
    {
        var (failing, ending) = (await Shop.AskAsync(), await Shop.AskAsync());
        var page = await UnpolledPageAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);

        await Shop.FailAsync(failing, "No product fits.");
        await Expect(Row(page, failing.Chat).GetByTestId("row-error")).ToHaveTextAsync("No product fits.");
        await Shop.EndAsync(ending);
        await Expect(Row(page, ending.Chat)).ToHaveAttributeAsync("data-status", "ended");
    }

    [Test]
    public async Task Timeline_OfAChat_HasTriggersThatNoPageSaw()
    {
        var asked = await Shop.AskAsync();
        await Shop.CompleteAsync(asked);
        await Shop.TriggerAsync(asked);
        await Shop.TriggerAsync(asked);
        var page = await LivePageAsync($"/console#/chats/{asked.Chat}");
        await Expect(page.GetByTestId("timeline").Locator("[data-kind=backlist_triggered]")).ToHaveCountAsync(2);

        await Shop.TriggerAsync(asked);

        await Expect(page.GetByTestId("timeline").Locator("[data-kind=backlist_triggered]")).ToHaveCountAsync(3);
    }

    [Test]
    public async Task Event_OfAnotherTenant_IsNotSeen()
    {
        var other = new Shop(await Stage.AddTenantAsync());
        var theirs = await other.AskAsync();
        await other.CompleteAsync(theirs);
        var ours = await Shop.AskAsync();
        await Shop.CompleteAsync(ours, notifications: """[{"id":"o","title":"Ours","message":"m"}]""");
        var page = await LivePageAsync();

        await other.TriggerAsync(theirs);
        await Shop.TriggerAsync(ours);

        await Expect(page.GetByTestId("toast")).ToContainTextAsync("Ours");
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Tabs_OfOneBrowser_ShareOneStreamAndHandItOn()
    {
        var (asked, later) = (await Shop.AskAsync(), await Shop.AskAsync());
        await Shop.CompleteAsync(asked);
        await Shop.CompleteAsync(later, notifications: """[{"id":"l","title":"Heard after the change","message":"m"}]""");
        var context = await BrowserAsync();
        var leader = await OpenAsync(context);
        await ConnectionAsync(leader, "live");
        var follower = await OpenAsync(context);
        var third = await OpenAsync(context);
        await ConnectionAsync(follower, "shared");
        await ConnectionAsync(third, "shared");

        await Shop.TriggerAsync(asked);
        foreach (var page in new[] { leader, follower, third })
            await Expect(page.GetByTestId("toast")).ToContainTextAsync("Udon is on sale");
        (Shop.StreamsOpened() - Shop.StreamsEnded()).Should().Be(1);

        await leader.CloseAsync();
        await ConnectionAsync(follower, "live");
        await ConnectionAsync(third, "shared");
        await Eventually.TrueAsync(() => Task.FromResult(Shop.StreamsEnded() == 1));
        Shop.StreamsOpened().Should().Be(2);

        await Shop.TriggerAsync(later);
        foreach (var page in new[] { follower, third })
            await Expect(page.GetByTestId("toast").Last).ToContainTextAsync("Heard after the change");
    }

    [Test]
    public async Task Tenant_Disabled_IsToldAsWhatItIs()
    {
        await Shop.HistoryAsync(1);
        var page = await LivePageAsync();

        await Shop.Rows.ExecuteAsync("update tenant set enabled = false where tenant_id = @Id", new { Shop.Id });

        await ConnectionAsync(page, "forbidden");
    }

    [Test]
    public async Task Service_Restarted_IsFoundAgainAndWhatHappenedMeanwhileToo()
    {
        await Shop.HistoryAsync(2);
        var port = Programs.FreePort();
        var first = await TestApi.StartAsync(Stage.ConnectionString, Stage.Settings, port: port);
        var page = await OpenAsync(await BrowserAsync(at: first.BaseAddress));
        await ConnectionAsync(page, "live");

        await first.DisposeAsync();
        await Expect(page.GetByTestId("connection")).ToHaveAttributeAsync("data-state", Lost());
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(2);
        var meanwhile = await Shop.AskAsync();
        await using var second = await TestApi.StartAsync(Stage.ConnectionString, Stage.Settings, port: port);

        await ConnectionAsync(page, "live");
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(3);
        await Expect(page.GetByTestId("chat-row").First).ToHaveAttributeAsync("data-chat-id", meanwhile.Chat.ToString());
        await page.CloseAsync();
    }

    private async Task<IPage> UnpolledPageAsync()
    {
        var context = await BrowserAsync();
        await context.AddInitScriptAsync(NoPolling);
        var page = await OpenAsync(context);
        await ConnectionAsync(page, "live");
        return page;
    }

    private static System.Text.RegularExpressions.Regex Lost() => new("reconnecting|offline");
}
