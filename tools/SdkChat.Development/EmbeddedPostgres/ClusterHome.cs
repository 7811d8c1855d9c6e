using System.Security.Cryptography;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// The location of a data folder's cluster: in the folder or, if the server's account cannot access it (such as root's home), under
/// <c>/var/lib/sdkchat</c> with a link from the folder.
/// </summary>
internal static class ClusterHome
{
    public const string Elsewhere = "/var/lib/sdkchat";

    private const string Name = "postgres";
    private const string OwnerFile = "data-folder";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PassThrough = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The folder of the cluster within its home.</summary>
    public static string ClusterOf(string home) => Path.Combine(home, "cluster");

    /// <summary>The home of a data folder's cluster, which may not exist.</summary>
    public static string Of(string dataFolder) => Path.Combine(Path.GetFullPath(dataFolder), Name);

    /// <summary>The cluster of a data folder that has one.</summary>
    public static string ClusterIn(string dataFolder)
    {
        var home = Path.Combine(dataFolder, Name);
        return ClusterOf(new FileInfo(home).LinkTarget ?? home);
    }

    /// <returns>A folder that the server's account owns and can access.</returns>
    /// <exception cref="EmbeddedPostgresException">There is no such folder; the message says what to do.</exception>
    public static string Prepare(string dataFolder)
    {
        var owner = Path.GetFullPath(dataFolder);
        var home = Of(owner);
        var elsewhere = new FileInfo(home).LinkTarget;
        if (elsewhere is not null && Directory.Exists(elsewhere))
            return Stay(elsewhere, owner);
        if (elsewhere is not null)
            File.Delete(home);
        if (!Directory.Exists(home))
            Make(home);
        return ServerAccount.CanUse(home) ? home : Move(home, owner);
    }

    /// <summary>Deletes a data folder with its cluster, wherever that is. Its server must have stopped.</summary>
    public static void Delete(string dataFolder)
    {
        if (new FileInfo(Path.Combine(dataFolder, Name)).LinkTarget is { } elsewhere && Path.GetDirectoryName(elsewhere) is { } place
            && Directory.Exists(place))
            Directory.Delete(place, recursive: true);
        Directory.Delete(dataFolder, recursive: true);
    }

    private static string Stay(string home, string owner)
    {
        if (!ServerAccount.CanUse(home))
            throw new EmbeddedPostgresException(
                $"The cluster of {owner} is another account's ({home}): choose another folder with --data.");

        // The data folder may have been renamed: its cluster must not count as an orphan of the old name.
        if (ServerAccount.IsOther && Path.GetDirectoryName(home) is { } parent && Path.GetDirectoryName(parent) == Elsewhere)
            File.WriteAllText(Path.Combine(parent, OwnerFile), owner);
        return home;
    }

    private static void Make(string folder)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        ServerAccount.Own(folder);
    }

    private static string Move(string home, string owner)
    {
        if (!ServerAccount.IsOther)
            throw new EmbeddedPostgresException($"{home} cannot be written: choose another folder with --data.");
        if (Directory.EnumerateFileSystemEntries(home).Any())
            throw new EmbeddedPostgresException($"The postgres account cannot use {home}: choose another folder with --data.");

        RemoveOrphansOf(owner);
        var place = Path.Combine(Elsewhere, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        MakePassage(Elsewhere);
        MakePassage(place);
        File.WriteAllText(Path.Combine(place, OwnerFile), owner);
        var elsewhere = Path.Combine(place, Name);
        Make(elsewhere);
        Directory.Delete(home);
        Directory.CreateSymbolicLink(home, elsewhere);
        return elsewhere;
    }

    /// <summary>A folder of root's that the account may pass through, whatever the umask.</summary>
    private static void MakePassage(string folder)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, PassThrough);
    }

    /// <summary>Removes clusters that a deleted data folder of the same path has left.</summary>
    private static void RemoveOrphansOf(string owner)
    {
        if (!Directory.Exists(Elsewhere))
            return;

        foreach (var place in Directory.GetDirectories(Elsewhere))
        {
            var file = Path.Combine(place, OwnerFile);
            if (File.Exists(file) && File.ReadAllText(file) == owner && !LeftOver.Runs(ClusterOf(Path.Combine(place, Name))))
                Directory.Delete(place, recursive: true);
        }
    }
}
