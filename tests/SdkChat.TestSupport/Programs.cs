namespace SdkChat.TestSupport;

/// <summary>Programs of other people that tests run.</summary>
public static class Programs
{
    /// <summary>Where a program is; null when it is not installed.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/bin"])
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>
    /// Chromium: the package without windows where it is installed, which takes half the processor time; null when there is none.
    /// </summary>
    public static string? FindChromium() => Find("chromium-headless-shell") ?? Find("chromium");

    /// <summary>A port of 127.0.0.1 that is this process's alone until it ends, for programs that must be told one.</summary>
    public static int FreePort() => Ports.Take();
}
