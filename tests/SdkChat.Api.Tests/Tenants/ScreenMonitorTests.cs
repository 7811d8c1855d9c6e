using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Screens;
using SdkChat.Application.Live;
using SdkChat.Application.Screens;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

public sealed class ScreenMonitorTests
{
    /// <summary>A cancellation that is not the node's stop would otherwise end the monitor, and with it the service.</summary>
    [Test]
    public async Task Check_ThatIsCancelledByItself_IsRepeated()
    {
        var (clock, checks) = (new FakeTimeProvider(), 0);
        var streams = new Mock<ILiveStreams>();
        streams.Setup(all => all.EndWithdrawn(It.IsAny<Func<string, bool>>()))
            .Callback((Func<string, bool> isWithdrawn) => isWithdrawn($"screen:{Guid.NewGuid()}"));
        var screens = new Mock<IScreenSecrets>();
        screens.Setup(all => all.FindActiveAsync(It.IsAny<IReadOnlyCollection<Guid>>(), It.IsAny<CancellationToken>()))
            .Callback(() => Interlocked.Increment(ref checks)).ThrowsAsync(new OperationCanceledException());
        using var monitor = new ScreenMonitor(streams.Object, screens.Object, clock, NullLogger<ScreenMonitor>.Instance);

        await monitor.StartAsync(default);
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(ScreenMonitor.Interval);
            return Volatile.Read(ref checks) >= 2;
        });

        monitor.ExecuteTask!.IsCompleted.Should().BeFalse();
        await monitor.StopAsync(default);
    }
}
