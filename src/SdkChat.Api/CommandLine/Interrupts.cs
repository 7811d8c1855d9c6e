using System.Globalization;
using System.Runtime.InteropServices;

namespace SdkChat.Api.CommandLine;

/// <summary>
/// A shell script that starts a program with <c>&amp;</c> has it ignore interrupts, and .NET goes along with that: whoever
/// sends one would wait for ever. Must be called before anything else listens for signals.
/// </summary>
internal static class Interrupts
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    public static void Heed()
    {
        if (IsIgnored())
            _ = Signal(Interrupt, Default);
    }

    private static bool IsIgnored()
    {
        var mask = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))?["SigIgn:".Length..];
        return ulong.TryParse(mask?.Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ignored)
            && (ignored & (1UL << (Interrupt - 1))) != 0;
    }

    [DllImport("libc", EntryPoint = "signal"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int signal, nint handler);
}
