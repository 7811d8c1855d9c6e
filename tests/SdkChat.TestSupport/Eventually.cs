namespace SdkChat.TestSupport;

/// <summary>
/// Waits for what another thread or process is about to do: asks again at once, and gives up at a deadline that a busy
/// machine does not reach.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">It has not become true.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
                throw new TimeoutException("What the test waits for has not happened.");
            await Task.Yield();
        }
    }
}
