using System.Globalization;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>The number of files that this process may have open, and how many of them connections may use.</summary>
/// <param name="Most">The soft limit (<c>RLIMIT_NOFILE</c>). The .NET runtime raises it to the hard limit at its start.</param>
internal sealed record FileLimit(long Most)
{
    /// <summary>
    /// Files that the process opens besides connections: assemblies, logs, the runtime's own, Redis, the pipeline's connections.
    /// </summary>
    private const int Own = 400;

    /// <summary>The database connections of the feed and its listener, in addition to the requests' pool.</summary>
    private const int Feed = 8;

    /// <summary>Used if the kernel sets no limit, or none is known.</summary>
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

    /// <summary>
    /// The maximum number of concurrent connections, streams included. Never less than a minimum, below which the service would be useless.
    /// </summary>
    /// <param name="pool">The maximum number of database connections for requests.</param>
    public int Connections(int pool) => (int)Math.Clamp(Most - Own - Feed - pool, 64, int.MaxValue);

    /// <summary>The number of files that the settings may need.</summary>
    public static long Needed(int connections, int streams, int pool) => (long)connections + streams + pool + Own + Feed;
}
