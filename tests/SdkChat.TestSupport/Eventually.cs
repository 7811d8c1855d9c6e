namespace SdkChat.TestSupport;

/// <summary>
/// Waits for what another thread or process is about to do: asks again and again, and gives up at a deadline that a busy machine
/// does not reach.
/// </summary>
public static class Eventually
{
    /// <summary>Short enough not to be noticed; without it a waiting test would take a whole core from what it waits for.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>A pause is a twentieth of the wait so far: many conditions are a call of the database, and some waits take long.</summary>
    private const int PausePart = 20;

    /// <exception cref="TimeoutException">It has not become true.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? deadline = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(ShortestPause);
        while (!await condition())
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            if (waited > (deadline ?? Deadlines.Soon))
                throw new TimeoutException("What the test waits for has not happened.");
            timer.Period = TimeSpan.FromTicks(Math.Clamp(waited.Ticks / PausePart, ShortestPause.Ticks, LongestPause.Ticks));
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));
}
