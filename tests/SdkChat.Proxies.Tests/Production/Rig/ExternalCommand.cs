using System.Diagnostics;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>Programs that run, and end.</summary>
internal static class ExternalCommand
{
    /// <summary>Runs it, and fails with what it printed when it fails.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("sh", ["-c", "exec \"$0\" \"$@\" 2>&1", program, .. arguments]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, $"{program} printed: {output}");
        return output;
    }
}
