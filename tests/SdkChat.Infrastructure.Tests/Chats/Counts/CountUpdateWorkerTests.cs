using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>The worker pauses after each update, so that writers have most of the time.</summary>
public sealed class CountUpdateWorkerTests
{
    [TestCase(0, 0)]
    [TestCase(20, 180)]
    [TestCase(111, 999)]
    [TestCase(112, 1000)]
    [TestCase(60_000, 1000)]
    public void PauseAfter_IsNineTimesTheUpdate_OneSecondAtMost(int update, int pause) =>
        CountUpdateWorker.PauseAfter(TimeSpan.FromMilliseconds(update)).Should().Be(TimeSpan.FromMilliseconds(pause));

    [Test]
    public async Task Worker_AfterASlowUpdate_PausesBeforeTheNext()
    {
        await using var fixture = await CountFixture.CreateAsync();
        var clock = new FakeTimeProvider();
        using var signal = new CountSignal(clock);
        using var worker = new CountUpdateWorker(fixture.Updater, fixture.Texts, signal, clock, NullLogger<CountUpdateWorker>.Instance);
        await fixture.AddAsync(3);

        // An update that takes 50 ms by the worker's clock: it waits for the watermark as long.
        await using (var other = await fixture.OpenAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            await other.ExecuteAsync("select from chat_count_watermark for update");
            await worker.StartAsync(default);
            await Eventually.TrueAsync(() => fixture.Rows.ScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"));
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        await Eventually.TrueAsync(async () => await fixture.TailAsync() == 0);
        await Eventually.TrueAsync(() => fixture.Rows.ScalarAsync<bool>("select texts_last_xid is not null from chat_count_watermark"));
        await fixture.AddAsync(3);
        for (var change = 0; change < CountSignal.ManyChanges; change++)
            signal.ChatChanged();

        // Without a pause, or with a shorter one, the next update would be over by then.
        clock.Advance(TimeSpan.FromMilliseconds(449));
        for (var look = 0; look < 50; look++)
            (await fixture.TailAsync()).Should().Be(3);

        // It may have begun to pause only now.
        await Eventually.TrueAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(450));
            return await fixture.TailAsync() == 0;
        });
        await worker.StopAsync(default);
    }
}
