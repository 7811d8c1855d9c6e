using System.Diagnostics;

namespace SdkChat.Development.Nodes;

/// <summary>A child process that gets SIGTERM when it is disposed, or when this process ends for any reason.</summary>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    /// <summary>
    /// Runs "$@", after the log file, and sends it SIGTERM when standard input ends, which happens when this process closes it or ends.
    /// </summary>
    private const string Supervisor =
        """
        umask 077
        exec 3<&0 >>"$1" 2>&1; shift
        "$@" </dev/null 3<&- &
        child=$!
        (read -r _ <&3; kill -TERM $child) &
        reader=$!
        exec 3<&-
        wait $child
        kill $reader 2>/dev/null
        """;

    private readonly Process _supervisor;

    private SupervisedProcess(Process supervisor) => _supervisor = supervisor;

    public bool HasEnded => _supervisor.HasExited;

    /// <summary>In a session of its own, so that an interrupt from the terminal reaches only this process.</summary>
    public static SupervisedProcess Start(string log, IEnumerable<string> command, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Supervisor, "sdkchat", log, .. command]) { RedirectStandardInput = true };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new SupervisedProcess(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        _supervisor.StandardInput.Close();
        await _supervisor.WaitForExitAsync();
        _supervisor.Dispose();
    }
}
