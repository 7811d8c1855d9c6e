using System.Runtime.CompilerServices;

namespace SdkChat.Bench.Measuring;

/// <summary>So many a second, whatever each of them takes: what comes late is made up for, and none is left out.</summary>
internal static class Pace
{
    /// <param name="clock">The system's, but in tests.</param>
    /// <returns>The numbers from 0 up to <paramref name="count"/>, each when it is due.</returns>
    public static async IAsyncEnumerable<int> KeepAsync(
        double perSecond, int count, [EnumeratorCancellation] CancellationToken cancellationToken, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        var started = clock.GetTimestamp();
        for (var number = 0; number < count; number++)
        {
            var due = TimeSpan.FromSeconds(number / perSecond) - clock.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, clock, cancellationToken);
            yield return number;
        }
    }
}
