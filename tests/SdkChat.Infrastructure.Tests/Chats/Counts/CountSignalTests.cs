using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

public sealed class CountSignalTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task Wait_ManyChangesAdded_EndsAtOnce()
    {
        using var signal = new CountSignal(_clock);
        var waiting = signal.WaitAsync(default).AsTask();

        for (var n = 0; n < CountSignal.ManyChanges - 1; n++)
            signal.ChatChanged();
        waiting.IsCompleted.Should().BeFalse();
        signal.ChatChanged();

        await waiting.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task Wait_OneChatChanged_EndsWithinASecond()
    {
        using var signal = new CountSignal(_clock);
        var waiting = signal.WaitAsync(default).AsTask();
        signal.ChatChanged();

        waiting.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await waiting.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task Wait_NothingAdded_EndsNowAndThen()
    {
        using var signal = new CountSignal(_clock);
        var waiting = signal.WaitAsync(default).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(14));
        waiting.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await waiting.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task Wait_WasBusy_EndsAgainInASecond()
    {
        using var signal = new CountSignal(_clock);
        signal.RetryNextTick();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await signal.WaitAsync(default);

        signal.RetryNextTick();
        var again = signal.WaitAsync(default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await again.WaitAsync(Deadlines.Soon);
    }
}
