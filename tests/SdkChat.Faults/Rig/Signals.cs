using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SdkChat.Faults.Rig;

/// <summary>What a process can be told.</summary>
internal static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(Process process, int signal)
    {
        if (Send(process.Id, signal) != 0)
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"Signal {signal} did not reach process {process.Id}."));
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
