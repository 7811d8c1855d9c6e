using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Browser.Tests;

/// <summary>An eight-hour day in a minute: what a page keeps does not grow, and it stays quick.</summary>
public sealed class LongDayTests : ConsoleTest
{
    private const int Rounds = 50;
    private const int EventsOfARound = 200;

    /// <summary>Every kind of thing has happened once by then: caches are full, and code is compiled.</summary>
    private const int Breakfast = 10;

    private static readonly string[] Languages = ["en", "ko", "ja"];

    [Test]
    public async Task Page_AfterADayOfEventsAndReconnects_IsAsSmallAndQuickAsInTheMorning()
    {
        var profile = await Shop.HistoryAsync(20);
        var page = await LivePageAsync();
        var cdp = await page.Context.NewCDPSessionAsync(page);
        // Processor time of the page's own thread, which other programs do not lengthen.
        await cdp.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });

        for (var round = 0; round < Breakfast; round++)
            await RoundAsync(page, profile, round);
        var morning = await MeasureAsync(page, cdp);
        for (var round = Breakfast; round < Breakfast + Rounds; round++)
            await RoundAsync(page, profile, round);
        var evening = await MeasureAsync(page, cdp);
        var milliseconds = await PressKeysAsync(page, cdp);

        TestContext.Out.WriteLine($"morning {morning}, evening {evening}, {milliseconds:F1} ms of processor time a key");
        evening.Heap.Should().BeLessThan(morning.Heap * 1.2);
        evening.Listeners.Should().BeLessThanOrEqualTo(morning.Listeners + 5);
        evening.Nodes.Should().BeLessThan(morning.Nodes * 1.2);
        evening.Documents.Should().Be(morning.Documents);
        milliseconds.Should().BeLessThan(50);
        Shop.StreamsOpened().Should().Be(1 + Breakfast + Rounds);
    }

    /// <summary>
    /// Events, a change of language or theme in two rounds of five, a chat that is opened and closed, and a stream that ends.
    /// </summary>
    private async Task RoundAsync(IPage page, Guid profile, int round)
    {
        var title = $"Round {round}";
        await Shop.Rows.ExecuteAsync(
            """
            insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at)
            select @Id, chats.chat_id, @profile, case when n % 2 = 0 then 'chat_completed' else 'backlist_triggered' end,
              case when n % 2 = 1 then convert_to('[{"id":"i","title":"' || @title || '","message":"m","position":{"x":0.5,"y":0.5}}]', 'UTF8') end, now()
            from (select chat_id, row_number() over (order by chat_id) - 1 as k from sdk_chat where tenant_id = @Id) chats
            join generate_series(1, @EventsOfARound) n on n % 20 = k
            order by n
            """,
            new { Shop.Id, profile, title, EventsOfARound });
        if (round % 5 == 0)
            await page.GetByTestId("language").SelectOptionAsync(Languages[round / 5 % 3]);
        else if (round % 5 == 2)
            await page.GetByTestId("theme").ClickAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("toast").Last).ToContainTextAsync(title);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByTestId("chat-detail")).Not.ToBeVisibleAsync();

        Stage.Api.Services.GetRequiredService<ILiveHub>().EndAll(new TenantId(Shop.Id), StreamEndReason.MaxAge);
        await TestSupport.Eventually.TrueAsync(() => Shop.StreamsOpened() == round + 2);
        await ConnectionAsync(page, "live");
    }

    /// <summary>What is left once the toasts have gone and the garbage is collected.</summary>
    private static async Task<Measured> MeasureAsync(IPage page, ICDPSession cdp)
    {
        await page.GetByTestId("language").SelectOptionAsync("en");
        await Expect(page.GetByTestId("toast")).ToHaveCountAsync(0);
        await cdp.SendAsync("HeapProfiler.collectGarbage");
        var metrics = await MetricsAsync(cdp);
        return new Measured(metrics["JSHeapUsedSize"], metrics["JSEventListeners"], metrics["Nodes"], metrics["Documents"]);
    }

    private static async Task<double> PressKeysAsync(IPage page, ICDPSession cdp)
    {
        const int Keys = 40;
        var before = (await MetricsAsync(cdp))["TaskDuration"];
        for (var key = 0; key < Keys; key++)
            await page.Keyboard.PressAsync(key % 4 == 3 ? "k" : "j");
        return ((await MetricsAsync(cdp))["TaskDuration"] - before) * 1000 / Keys;
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(ICDPSession cdp) =>
        (await cdp.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());

    private sealed record Measured(double Heap, double Listeners, double Nodes, double Documents);
}
