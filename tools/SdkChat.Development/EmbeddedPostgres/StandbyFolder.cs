using Npgsql;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>Makes a data folder whose cluster is a streaming standby of a running one. Faults and the bench use it.</summary>
internal static class StandbyFolder
{
    /// <param name="folder">An existing folder without a cluster.</param>
    /// <param name="primary">As the superuser of the embedded server, whose password the standby has too.</param>
    public static void Make(string folder, NpgsqlConnectionStringBuilder primary)
    {
        var home = Path.Combine(folder, "postgres");
        Directory.CreateDirectory(home);
        File.WriteAllText(Path.Combine(folder, "postgres-password"), primary.Password);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(Path.Combine(folder, "postgres-password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ServerAccount.Own(home);
        ServerAccount.Run(
            "pg_basebackup",
            [
                Path.Combine(ServerBinaries.Find(), "pg_basebackup"), "-D", Path.Combine(home, "cluster"), "-R", "-X", "stream", "-c", "fast",
                "-d", $"host={primary.Host} user={primary.Username} password={primary.Password} application_name=standby",
            ]);
    }
}
