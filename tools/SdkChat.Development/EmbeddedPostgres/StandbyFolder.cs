using Npgsql;
using SdkChat.Development.Files;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>Makes a data folder whose cluster is a streaming standby of a running one. Faults and the bench use it.</summary>
internal static class StandbyFolder
{
    /// <param name="folder">An existing folder without a cluster.</param>
    /// <param name="primary">As the superuser of the embedded server, whose password the standby has too.</param>
    public static void Make(string folder, NpgsqlConnectionStringBuilder primary)
    {
        var home = ClusterHome.Of(folder);
        Directory.CreateDirectory(home);
        PrivateFile.Write(Path.Combine(folder, EmbeddedPostgresServer.PasswordFile), primary.Password!);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        ServerAccount.Own(home);
        ServerAccount.Run(
            "pg_basebackup",
            [
                Path.Combine(ServerBinaries.Find(), "pg_basebackup"), "-D", ClusterHome.ClusterOf(home), "-R", "-X", "stream", "-c", "fast",
                "-d", $"host={primary.Host} user={primary.Username} password={primary.Password} application_name=standby",
            ]);
    }
}
