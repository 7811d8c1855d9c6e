using System.Diagnostics;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>A running server. It ends with this process, however that ends (docs/decisions/0004).</summary>
internal sealed class ServerProcess
{
    /// <summary>
    /// Runs the server ("$@", after the log file) and stops it when standard input ends, which happens when this process closes it or ends:
    /// first with a clean shutdown, and soon after immediately (the write-ahead log restores all data at the next start).
    /// </summary>
    private const string Keeper =
        """
        exec 3<&0 >>"$1" 2>&1; shift
        "$@" </dev/null 3<&- &
        server=$!
        (read -r _ <&3; kill -INT $server; sleep 0.7; kill -QUIT $server) &
        reader=$!
        exec 3<&-
        wait $server
        kill $reader 2>/dev/null
        """;

    private readonly Process _keeper;

    private ServerProcess(Process keeper) => _keeper = keeper;

    public bool HasEnded => _keeper.HasExited;

    /// <summary>In a session of its own, so that an interrupt from the terminal reaches only this process.</summary>
    public static ServerProcess Start(string logFile, string[] command) => new(ServerAccount.Started(
        new ProcessStartInfo("setsid", ServerAccount.Command(["sh", "-c", Keeper, "sdkchat-postgres", logFile, .. command]))
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        }));

    /// <summary>Waits until the server has ended, for whatever reason.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken) => _keeper.WaitForExitAsync(cancellationToken);

    public async Task StopAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
