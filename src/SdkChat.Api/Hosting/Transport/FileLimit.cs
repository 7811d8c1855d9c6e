using System.Globalization;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>How many files this process may have open, and what of that connections may take.</summary>
/// <param name="Most">The soft limit (<c>RLIMIT_NOFILE</c>), which the .NET runtime has raised to the hard one at its start.</param>
internal sealed record FileLimit(long Most)
{
    /// <summary>For what the process has open beside connections: assemblies, logs, the runtime's own, Redis, the pipeline's connections.</summary>
    private const int Own = 400;

    /// <summary>The listeners' and the feed's connections to the database, beside the requests' pool.</summary>
    private const int Feed = 8;

    /// <summary>Where the kernel sets no limit, or none is known.</summary>
    private static readonly FileLimit None = new(int.MaxValue);

    public static FileLimit OfThisProcess()
    {
        const string Line = "Max open files";
        if (!OperatingSystem.IsLinux())
            return None;

        var words = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(Line, StringComparison.Ordinal))[Line.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.TryParse(words[0], CultureInfo.InvariantCulture, out var soft) ? new FileLimit(soft) : None;
    }

    /// <summary>How many connections there may be at a time, streams among them. At least some, whatever the limit: fewer would serve no purpose.</summary>
    /// <param name="pool">Connections to the database that requests may take.</param>
    public int Connections(int pool) => (int)Math.Clamp(Most - Own - Feed - pool, 64, int.MaxValue);

    /// <summary>What the settings may come to, in open files.</summary>
    public static long Needed(int connections, int streams, int pool) => (long)connections + streams + pool + Own + Feed;
}
