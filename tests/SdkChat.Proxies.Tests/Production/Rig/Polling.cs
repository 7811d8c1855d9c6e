using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>
/// Waits for what another process is about to do. Unlike <c>Eventually</c> it leaves the processor to that process between two looks.
/// </summary>
internal static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Deadline = Deadlines.Soon;

    /// <exception cref="TimeoutException">It has not become true.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
                throw new TimeoutException($"It has not happened that {what}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
