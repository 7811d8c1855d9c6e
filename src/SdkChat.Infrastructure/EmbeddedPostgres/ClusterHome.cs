using System.Security.Cryptography;

namespace SdkChat.Infrastructure.EmbeddedPostgres;

/// <summary>
/// Where a data folder's cluster lives: in the folder, or, where the server's account cannot get there (root's home, say),
/// under <c>/var/lib/sdkchat</c> with a link from the folder.
/// </summary>
internal static class ClusterHome
{
    private const string Elsewhere = "/var/lib/sdkchat";
    private const string OwnerFile = "data-folder";

    /// <returns>A folder that belongs to the server's account, and that it can reach.</returns>
    public static string Prepare(string dataFolder)
    {
        var home = Path.Combine(Path.GetFullPath(dataFolder), "postgres");
        if (new FileInfo(home).LinkTarget is { } target && Directory.Exists(target))
            return target;
        if (!Directory.Exists(home))
            Make(home);
        return ServerAccount.CanUse(home) ? home : Move(home, Path.GetFullPath(dataFolder));
    }

    private static void Make(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ServerAccount.Own(folder);
    }

    private static string Move(string home, string dataFolder)
    {
        if (!ServerAccount.IsOther)
            throw new EmbeddedPostgresException($"{home} cannot be written: choose another folder with --data.");
        if (Directory.EnumerateFileSystemEntries(home).Any())
            throw new EmbeddedPostgresException($"The postgres account cannot reach {home}: choose another folder with --data.");

        RemoveOrphansOf(dataFolder);
        var elsewhere = Path.Combine(Elsewhere, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        Directory.CreateDirectory(Elsewhere);
        Make(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, OwnerFile), dataFolder);
        Directory.Delete(home);
        Directory.CreateSymbolicLink(home, elsewhere);
        return elsewhere;
    }

    /// <summary>Whoever deletes a data folder wants its cluster gone too.</summary>
    private static void RemoveOrphansOf(string dataFolder)
    {
        if (!Directory.Exists(Elsewhere))
            return;

        foreach (var orphan in Directory.GetDirectories(Elsewhere))
        {
            var owner = Path.Combine(orphan, OwnerFile);
            if (File.Exists(owner) && File.ReadAllText(owner) == dataFolder)
                Directory.Delete(orphan, recursive: true);
        }
    }
}
