using System.Globalization;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>The server's files.</summary>
internal sealed class Cluster(string folder)
{
    public string Folder => folder;

    /// <summary>The version that made it, and alone can run it; null while it is not there.</summary>
    public int? Version => Directory.Exists(folder)
        ? int.Parse(File.ReadAllText(Path.Combine(folder, "PG_VERSION")), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)
        : null;

    /// <exception cref="EmbeddedPostgresException">It cannot be made.</exception>
    public void MakeUnlessThere(string superuser, string password)
    {
        if (Directory.Exists(folder))
            return;

        // Made beside its place and moved there when it is whole: a run killed half-way leaves nothing that looks like one.
        foreach (var abandoned in Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".new*"))
            Directory.Delete(abandoned, recursive: true);
        var draft = $"{folder}.new-{Environment.ProcessId}";
        ServerAccount.Run(
            "initdb",
            [
                // Through a pipe of the account's own, which it may open by name.
                "sh", "-c", "cat | \"$@\"", "sh", Path.Combine(ServerBinaries.Find(), "initdb"), "-D", draft, "-U", superuser,
                "--pwfile=/dev/stdin", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
            ],
            password);
        Directory.Move(draft, folder);
    }
}
