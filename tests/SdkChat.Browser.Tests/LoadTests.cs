namespace SdkChat.Browser.Tests;

/// <summary>Ten thousand live updates do not make the page slow, nor large.</summary>
public sealed class LoadTests : ConsoleTest
{
    private const int Updates = 10_000;

    private const string MeasureFrames =
        """
        () => {
          window.longest = 0;
          let last = performance.now();
          const beat = () => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; setTimeout(beat, 20) };
          beat();
        }
        """;

    [Test]
    public async Task Page_UnderTenThousandUpdates_StaysQuickAndSmall()
    {
        var profile = await Shop.HistoryAsync(40, "in_progress");
        var page = await LivePageAsync();
        await Expect(page.GetByTestId("chat-row")).ToHaveCountAsync(20);
        // Beside it a page with nothing to do, which is held up by the machine alone.
        var idle = await (await BrowserAsync(signedIn: false)).NewPageAsync();
        foreach (var measured in new[] { page, idle })
            await measured.EvaluateAsync(MeasureFrames);

        await Shop.Rows.ExecuteAsync(
            """
            insert into chat_event (tenant_id, chat_id, profile_id, kind, notification_items, created_at)
            select tenant_id, chat_id, profile_id, case when n % 2 = 0 then 'chat_completed' else 'backlist_triggered' end,
              case when n % 2 = 1 then convert_to('[{"id":"i","title":"Update ' || n || '","message":"m","position":{"x":0.5,"y":0.5}}]', 'UTF8') end, now()
            from (select chat_id, tenant_id, profile_id, row_number() over () - 1 as k from sdk_chat where tenant_id = @Id) chats
            join generate_series(0, @Updates - 1) n on n % 40 = k
            order by n
            """,
            new { Shop.Id, Updates });
        await Shop.Rows.EventAsync(
            Shop.Id, profile,
            await Shop.Rows.ScalarAsync<Guid>("select chat_id from sdk_chat where tenant_id = @Id limit 1", new { Shop.Id }),
            "backlist_triggered", """[{"id":"z","title":"The very last","message":"m"}]""");
        // In the midst of it a person can still use the page.
        await page.GetByTestId("chat-row").Nth(5).ClickAsync();
        await Expect(page.GetByTestId("detail-prompt")).ToBeVisibleAsync();

        await Expect(page.GetByTestId("toast").Last).ToContainTextAsync("The very last");
        await ConnectionAsync(page, "live");
        var byTheMachine = await idle.EvaluateAsync<double>("window.longest");
        (await page.EvaluateAsync<double>("window.longest"))
            .Should().BeLessThan(2_000 + (4 * byTheMachine), "nothing holds the page up for long, two busy cores included");
        (await page.EvaluateAsync<int>("document.querySelectorAll('*').length")).Should().BeLessThan(3_000);
        (await page.GetByTestId("toast").CountAsync()).Should().BeLessThanOrEqualTo(4);
        Shop.StreamsOpened().Should().Be(1, "the page kept up with its stream");
    }
}
