using System.Globalization;
using System.Runtime.InteropServices;

namespace SdkChat.Api.CommandLine;

/// <summary>
/// Restores the default action of SIGINT. A shell script that starts a program with <c>&amp;</c> sets it to "ignore", and .NET keeps that:
/// the program could not be interrupted. Call it before any signal handler is registered.
/// </summary>
internal static class SigIntHandler
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    public static void Restore()
    {
        if (IsIgnored())
            _ = Signal(Interrupt, Default);
    }

    private static bool IsIgnored()
    {
        var mask = File.ReadLines("/proc/self/status")
            .FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))?["SigIgn:".Length..];
        return ulong.TryParse(mask?.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ignored)
            && (ignored & (1UL << (Interrupt - 1))) != 0;
    }

    [DllImport("libc", EntryPoint = "signal"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int signal, nint handler);
}
