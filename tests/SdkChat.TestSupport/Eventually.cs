namespace SdkChat.TestSupport;

/// <summary>
/// Waits for what another thread or process is about to do: asks again and again, and gives up at a deadline that a busy machine
/// does not reach.
/// </summary>
public static class Eventually
{
    /// <summary>Short enough not to be noticed; without it a waiting test would take a whole core from what it waits for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It has not become true.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? deadline = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > (deadline ?? Deadlines.Soon))
                throw new TimeoutException("What the test waits for has not happened.");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));
}
