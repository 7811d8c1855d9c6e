using System.Globalization;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// Handles the server of an earlier run on a cluster: its program was killed, and it may still be shutting down. The caller holds the lock
/// on the data folder, so no other process uses that server.
/// </summary>
internal static class LeftOver
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a server runs on the cluster.</summary>
    public static bool Runs(string cluster) => ServerOf(cluster) is not null;

    /// <summary>Waits for the server to end, and kills it if it does not.</summary>
    public static async Task EndAsync(string cluster, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var told = false;
        while (ServerOf(cluster) is { } server)
        {
            if (!told && TimeProvider.System.GetElapsedTime(started) > WaitLimit / 5)
            {
                ServerAccount.Run("kill", ["sh", "-c", "kill -QUIT \"$1\" || true", "sh", server.ToString(CultureInfo.InvariantCulture)]);
                told = true;
            }

            if (TimeProvider.System.GetElapsedTime(started) > WaitLimit)
                throw new EmbeddedPostgresException($"A PostgreSQL (process {server}) still runs on {cluster}: stop it first.");
            await Task.Delay(Pause, cancellationToken);
        }

        // After a kill the file stays. Its process id may then belong to another process, and PostgreSQL would refuse to start.
        File.Delete(PidFile(cluster));
    }

    private static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>The process id of the cluster's running server; null if there is none, or if the id belongs to another process.</summary>
    private static int? ServerOf(string cluster)
    {
        try
        {
            return int.TryParse(
                File.ReadLines(PidFile(cluster)).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(cluster, StringComparer.Ordinal)
                    ? pid
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
