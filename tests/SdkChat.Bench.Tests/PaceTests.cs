using System.Diagnostics;
using SdkChat.Bench.Measuring;

namespace SdkChat.Bench.Tests;

public sealed class PaceTests
{
    /// <summary>Timers know whole milliseconds, and leave out the rest.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(2);

    [Test]
    public async Task KeepAsync_NobodyLate_GivesEachNoSoonerThanItIsDue()
    {
        var started = Stopwatch.GetTimestamp();

        await foreach (var number in Pace.KeepAsync(100, 20, default))
            Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromSeconds(number / 100.0) - Rounding);
    }

    [Test]
    public async Task KeepAsync_CallerLate_LeavesNoneOutAndMakesUp()
    {
        var started = Stopwatch.GetTimestamp();
        var numbers = new List<int>();

        await foreach (var number in Pace.KeepAsync(2, 5, default))
        {
            numbers.Add(number);
            if (number == 0)
                await Task.Delay(TimeSpan.FromSeconds(2));
        }

        numbers.Should().Equal(0, 1, 2, 3, 4);
        // Each half a second after the one before would be four seconds.
        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(3.5));
    }
}
