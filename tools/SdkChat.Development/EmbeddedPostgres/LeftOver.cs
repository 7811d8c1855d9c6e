using System.Globalization;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// A server that an earlier run left on a cluster: its program was killed, and it may still be on its way down. Whoever
/// calls has the data folder to itself, so nobody needs that server any more.
/// </summary>
internal static class LeftOver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a server runs on the cluster.</summary>
    public static bool Runs(string cluster) => ServerOf(cluster) is not null;

    /// <summary>Waits for it to end, and ends it when it does not.</summary>
    public static async Task EndAsync(string cluster, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var told = false;
        while (ServerOf(cluster) is { } server)
        {
            if (!told && TimeProvider.System.GetElapsedTime(started) > Patience / 5)
            {
                ServerAccount.Run("kill", ["sh", "-c", "kill -QUIT \"$1\" || true", "sh", server.ToString(CultureInfo.InvariantCulture)]);
                told = true;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new EmbeddedPostgresException($"A PostgreSQL (process {server}) still runs on {cluster}: stop it first.");
            await Task.Delay(Pause, cancellationToken);
        }

        // After a kill the file stays, and its number may be some other process's by now, at whose sight PostgreSQL would not start.
        File.Delete(PidFile(cluster));
    }

    private static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>The live server that the cluster names; null when there is none, or the number is another process's by now.</summary>
    private static int? ServerOf(string cluster)
    {
        try
        {
            return int.TryParse(File.ReadLines(PidFile(cluster)).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
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
