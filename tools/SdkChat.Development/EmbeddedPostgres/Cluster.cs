using System.Globalization;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>The data directory of the server.</summary>
internal sealed class Cluster(string folder)
{
    public string Folder => folder;

    /// <summary>The PostgreSQL version that created it; no other can run it. Null if it does not exist.</summary>
    public int? Version => Directory.Exists(folder)
        ? int.Parse(File.ReadAllText(Path.Combine(folder, "PG_VERSION")), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)
        : null;

    /// <param name="isDurable">Whether its files are to survive the machine's crash.</param>
    /// <exception cref="EmbeddedPostgresException">It cannot be created.</exception>
    public void MakeUnlessThere(string superuser, string password, bool isDurable = true) => MakeUnlessThere(draft => ServerAccount.Run(
        "initdb",
        [
            // Through a pipe that the account owns, since it opens the pipe by name.
            "sh", "-c", "cat | \"$@\"", "sh", Path.Combine(ServerBinaries.Find(), "initdb"), "-D", draft, "-U", superuser,
            "--pwfile=/dev/stdin", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
            .. isDurable ? Array.Empty<string>() : ["--no-sync"],
        ],
        password));

    /// <param name="source">Another data directory, whose server was shut down.</param>
    /// <exception cref="EmbeddedPostgresException">It cannot be copied.</exception>
    public void CopyUnlessThere(string source) => MakeUnlessThere(draft =>
    {
        // As the caller: root keeps the account as the owner. The files are shared where the file system can do that.
        if (!ServerAccount.TryRun(["cp", "-a", "--reflink=auto", source, draft], out var output))
            throw new EmbeddedPostgresException($"{source} cannot be copied: {ServerAccount.Reason(output)}.");
    });

    private void MakeUnlessThere(Action<string> make)
    {
        if (Directory.Exists(folder))
            return;

        // Created under another name and renamed when it is complete, so that a run that is killed leaves no incomplete data directory.
        foreach (var abandoned in Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + ".new*"))
            Directory.Delete(abandoned, recursive: true);
        var draft = $"{folder}.new-{Environment.ProcessId}";
        make(draft);
        Directory.Move(draft, folder);
    }
}
