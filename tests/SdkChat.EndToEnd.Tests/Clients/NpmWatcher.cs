using System.Diagnostics;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>The npm package <c>eventsource</c> on Node.js.</summary>
internal sealed class NpmWatcher(Uri stream, string token) : LineWatcher(Start(stream, token))
{
    /// <summary>Installs the package where its lock file is; once a build.</summary>
    public static void Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules")))
            return;

        using var npm = Process.Start(
            new ProcessStartInfo("npm", ["ci", "--silent", "--no-audit", "--no-fund"]) { WorkingDirectory = Folder })!;
        npm.WaitForExit();
        npm.ExitCode.Should().Be(0, "npm must be able to install the package");
    }

    protected override WatchedEvent? Read(string line) => line.Split('\t', 2) is [var name, var data] ? new WatchedEvent(name, data) : null;

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Clients", "npm");

    private static ProcessStartInfo Start(Uri stream, string token) =>
        new("node", ["watch.mjs", stream.AbsoluteUri, token]) { WorkingDirectory = Folder };
}
