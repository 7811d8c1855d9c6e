using System.Globalization;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>Finds the machine's own PostgreSQL server.</summary>
internal static class ServerBinaries
{
    public const int MinimumVersion = 15;

    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>: Debian's newest version, otherwise the one on the PATH.</summary>
    /// <param name="cluster">The version that created the cluster, since no other can run it; null if there is none yet.</param>
    /// <exception cref="EmbeddedPostgresException">No suitable version is installed.</exception>
    public static string Find(int? cluster = null) =>
        OfDebian().Concat(OfPath())
            .Where(found => cluster is null ? found.Version >= MinimumVersion : found.Version == cluster)
            .Select(found => found.Folder)
            .FirstOrDefault()
        ?? throw new EmbeddedPostgresException(cluster is null
            ? $"No PostgreSQL server of version {MinimumVersion} or newer is installed: apt-get install postgresql, or "
                + "set ConnectionStrings__SdkChat."
            : $"The data folder was made by PostgreSQL {cluster}, which is not installed any more: apt-get install postgresql-{cluster}, "
                + "or choose another folder with --data.");

    private static IEnumerable<(string Folder, int Version)> OfDebian() =>
        !Directory.Exists(DebianRoot)
            ? []
            : Directory.GetDirectories(DebianRoot)
                .Select(folder => (Folder: Path.Combine(folder, "bin"), Version: Number(Path.GetFileName(folder))))
                .Where(found => IsServer(found.Folder))
                .OrderByDescending(found => found.Version);

    private static IEnumerable<(string Folder, int Version)> OfPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(IsServer)
            .Select(folder => (folder, VersionOf(Path.Combine(folder, "postgres"))));

    private static bool IsServer(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    /// <summary>Parses <c>postgres (PostgreSQL) 15.14 (Debian …)</c>; 0 for other output.</summary>
    private static int VersionOf(string server) =>
        ServerAccount.TryRun([server, "--version"], out var said) && said.Split(' ') is [_, _, var version, ..]
            ? Number(version.Split('.')[0])
            : 0;

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
