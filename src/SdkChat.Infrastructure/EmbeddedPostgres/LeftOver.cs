using System.Globalization;

namespace SdkChat.Infrastructure.EmbeddedPostgres;

/// <summary>A server that an earlier run left on a cluster: its program was killed, and it may still be on its way down.</summary>
internal static class LeftOver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for it to end, and ends it when it does not.</summary>
    public static async Task EndAsync(string pidFile, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var told = false;
        while (ServerOf(pidFile) is { } server)
        {
            if (!told && TimeProvider.System.GetElapsedTime(started) > Patience / 2)
            {
                ServerAccount.Run(["kill", "-QUIT", server.ToString(CultureInfo.InvariantCulture)]);
                told = true;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new EmbeddedPostgresException($"A PostgreSQL (process {server}) still runs on this data folder: stop it first.");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>The live server that the file names; null when there is none, or the number is another process's by now.</summary>
    private static int? ServerOf(string pidFile)
    {
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), out var pid))
            return null;

        try
        {
            var command = File.ReadAllText($"/proc/{pid}/cmdline");
            return command.Contains(Path.GetDirectoryName(pidFile)!, StringComparison.Ordinal) ? pid : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
