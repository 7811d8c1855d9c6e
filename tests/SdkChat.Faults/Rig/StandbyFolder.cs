using Npgsql;
using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.Faults.Rig;

/// <summary>A data folder whose cluster is a copy of a running one, and follows it.</summary>
internal static class StandbyFolder
{
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
