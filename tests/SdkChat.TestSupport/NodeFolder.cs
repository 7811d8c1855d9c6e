using System.Diagnostics;
using System.Security.Cryptography;

namespace SdkChat.TestSupport;

/// <summary>
/// A folder of the tree with a <c>package-lock.json</c>, copied to where its packages are installed: once for each content of the
/// lock file, under <c>artifacts</c>, so that nothing is written into the tree and the next run finds them.
/// </summary>
public sealed class NodeFolder
{
    private NodeFolder(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Copies the folder, and installs its packages where they are not yet. Skips the test where that cannot be.</summary>
    public static async Task<NodeFolder> PrepareAsync(string relative)
    {
        if (Programs.Find("node") is null || Programs.Find("npm") is null)
            Assert.Ignore("node and npm are not installed: ./sdkchat test installs them where it may.");

        var source = Repository.Path(relative);
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"))))[..12];
        var folder = new NodeFolder(Repository.Path($"artifacts/npm/{relative.Replace('/', '-')}-{hash}"));
        folder.RemoveAllButPackages();
        Copy(source, folder.Folder);
        await folder.InstallAsync();
        return folder;
    }

    /// <summary>Runs a program to its end, with <c>node_modules/.bin</c> on its path.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] command)
    {
        using var process = Start(["sh", "-c", "exec \"$@\" 2>&1", "sh", .. command]);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output);
    }

    public Process Start(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(Folder, "node_modules", ".bin")}:{start.Environment["PATH"]}:/usr/bin:/bin";
        return Process.Start(start)!;
    }

    private async Task InstallAsync()
    {
        var mark = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(mark))
            return;

        var (code, output) = await RunAsync("npm", "ci", "--loglevel=error");
        // Other than a registry that cannot be reached, this is a fault of ours.
        output.Should().NotContain("EUSAGE", "package-lock.json fits package.json");
        if (code != 0)
            Assert.Ignore($"npm could not install the packages of {Folder}: {output}");
        await File.WriteAllTextAsync(mark, "");
    }

    /// <summary>What an earlier run left, or what has been deleted from the tree, has no say in this one.</summary>
    private void RemoveAllButPackages()
    {
        foreach (var entry in new DirectoryInfo(Folder) is { Exists: true } folder ? folder.GetFileSystemInfos() : [])
        {
            if (entry is DirectoryInfo { Name: not "node_modules" } directory)
                directory.Delete(recursive: true);
            else if (entry is FileInfo file)
                file.Delete();
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (var folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("node_modules" or "dist")))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
