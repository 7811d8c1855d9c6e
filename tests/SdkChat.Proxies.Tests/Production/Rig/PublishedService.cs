using System.Diagnostics;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>What <c>dotnet publish</c> makes, once for all tests of this process.</summary>
internal static class PublishedService
{
    private static readonly Lazy<string> Folder = new(Publish);

    /// <summary>A verb of the service in Production. Its output goes to a file.</summary>
    /// <param name="settings">Environment variables.</param>
    /// <param name="before">What the shell does first, such as <c>ulimit -n 1000;</c>.</param>
    public static ProcessStartInfo Command(string log, string[] verb, IReadOnlyDictionary<string, string> settings, string before = "")
    {
        // Through a shell for the log and the limits; exec keeps the process id.
        var start = new ProcessStartInfo(
            "sh", ["-c", before + "exec \"$@\" >>\"$0\" 2>&1", log, "dotnet", Path.Combine(Folder.Value, "SdkChat.Api.dll"), .. verb]);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment.Remove("ASPNETCORE_URLS");
        // The runtime's pipes for debuggers stay behind when a process is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (var (variable, value) in settings)
            start.Environment[variable] = value;
        return start;
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>The exit code, and all that it printed.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string folder, string[] verb, IReadOnlyDictionary<string, string> settings)
    {
        var log = Path.Combine(folder, $"{verb[0]}-{Guid.NewGuid():N}.log");
        using var deadline = new CancellationTokenSource(Deadlines.Program);
        using var process = Process.Start(Command(log, verb, settings))!;
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await File.ReadAllTextAsync(log, deadline.Token));
    }

    /// <summary>The test host ends without a last word, so the fixture that comes last removes it.</summary>
    public static void Remove()
    {
        if (Folder.IsValueCreated)
            Directory.Delete(Folder.Value, recursive: true);
    }

    private static string Publish()
    {
        // The SDK leaves two empty folders where temporary files go.
        var (folder, scratch) = (
            Directory.CreateTempSubdirectory("sdkchat-published-").FullName, Directory.CreateTempSubdirectory("sdkchat-publish-"));
        ExternalCommand.Run(
            "env", $"TMPDIR={scratch.FullName}", "dotnet", "publish", Repository.Path("src/SdkChat.Api"), "-c", "Release", "--no-build",
            "-o", folder);
        scratch.Delete(recursive: true);
        // As the image's, and as far as this run has compiled them: a dozen nodes start from here.
        ExternalCommand.Run(Repository.Path("tests/precompile"), "--known", folder);
        return folder;
    }
}
