namespace SdkChat.Infrastructure.EmbeddedPostgres;

/// <summary>Finds the machine's own PostgreSQL server.</summary>
internal static class ServerBinaries
{
    public const int MinimumVersion = 15;

    private const string DebianRoot = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>: Debian's newest, else the one on the PATH.</summary>
    /// <exception cref="EmbeddedPostgresException">There is none that is new enough.</exception>
    public static string Find() => OfDebian() ?? OfPath() ?? throw new EmbeddedPostgresException(
        $"No PostgreSQL server of version {MinimumVersion} or newer is installed: apt-get install postgresql, or set ConnectionStrings__SdkChat.");

    private static string? OfDebian() =>
        !Directory.Exists(DebianRoot)
            ? null
            : Directory.GetDirectories(DebianRoot)
                .Select(folder => (Folder: Path.Combine(folder, "bin"), Version: int.TryParse(Path.GetFileName(folder), out var version) ? version : 0))
                .Where(found => found.Version >= MinimumVersion && IsServer(found.Folder))
                .OrderByDescending(found => found.Version)
                .Select(found => found.Folder)
                .FirstOrDefault();

    private static string? OfPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).FirstOrDefault(IsServer);

    private static bool IsServer(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));
}
