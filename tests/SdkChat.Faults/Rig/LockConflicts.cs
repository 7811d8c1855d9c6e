using System.Diagnostics;
using Npgsql;

namespace SdkChat.Faults.Rig;

/// <summary>The harness works on a loaded database, where its own statements meet the load's locks like any other.</summary>
internal static class LockConflicts
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Tries again what was chosen to give way; it must be one transaction.</summary>
    public static async Task RetryAsync(Func<Task> work)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause))
        {
            try
            {
                await work();
                return;
            }
            catch (PostgresException exception) when (IsConflict(exception) && Stopwatch.GetElapsedTime(started) < WaitLimit)
            {
                // Nothing of it was done.
            }
        }
    }

    public static bool IsConflict(PostgresException exception) =>
        exception.SqlState
        is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled;
}
