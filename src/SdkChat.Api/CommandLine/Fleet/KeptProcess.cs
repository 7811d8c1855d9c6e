using System.Diagnostics;

namespace SdkChat.Api.CommandLine.Fleet;

/// <summary>A program that is told to stop when we are done with it, or are gone, however that came about.</summary>
internal sealed class KeptProcess : IAsyncDisposable
{
    /// <summary>Runs "$@", after the log file, and sends it SIGTERM when standard input ends, which it does when we close it or die.</summary>
    private const string Keeper =
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

    private readonly Process _keeper;

    private KeptProcess(Process keeper) => _keeper = keeper;

    public bool HasEnded => _keeper.HasExited;

    /// <summary>In a session of its own, so that an interrupt from the terminal reaches us alone.</summary>
    public static KeptProcess Start(string log, IEnumerable<string> command, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Keeper, "sdkchat", log, .. command]) { RedirectStandardInput = true };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new KeptProcess(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
