using System.Runtime.InteropServices;

namespace SdkChat.Bench.Measuring;

/// <summary>The system calls that .NET has no thin way to.</summary>
internal static unsafe partial class Native
{
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int WouldBlock = 11;
    public const uint Readable = 1;
    public const uint Writable = 4;

    private const int AddToSet = 1;
    private const int DeleteFromSet = 2;
    private const int ModifyInSet = 3;
    private const int OpenFiles = 7;
    private const int ScheduledTime = 2;

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint send(int socket, byte* data, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint recv(int socket, byte* data, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial nint read(int file, byte* data, nint length);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_wait(int set, PollEvent* events, int count, int milliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int set, int operation, int file, PollEvent* wanted);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int what, Limit* limit);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int what, Limit* limit);

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, Moment* moment);

    /// <summary>
    /// What a process has used of the processors, to the nanosecond: its own clock, which anybody may read. 0 when it is gone.
    /// </summary>
    public static double CpuSeconds(int process)
    {
        Moment used;
        return clock_gettime((~process << 3) | ScheduledTime, &used) == 0 ? used.Seconds + (used.Nanoseconds / 1e9) : 0;
    }

    public static void Watch(int set, int file, int tag, uint events = Readable) => Control(set, AddToSet, file, tag, events);

    public static void Rewatch(int set, int file, int tag, uint events) => Control(set, ModifyInSet, file, tag, events);

    public static void Unwatch(int set, int file) => epoll_ctl(set, DeleteFromSet, file, null);

    private static void Control(int set, int operation, int file, int tag, uint events)
    {
        var wanted = new PollEvent { Events = events, Tag = tag };
        if (epoll_ctl(set, operation, file, &wanted) != 0)
            throw new InvalidOperationException($"epoll_ctl: {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>As many open files as this process may have. Children inherit it.</summary>
    public static long RaiseOpenFiles()
    {
        Limit limit;
        getrlimit(OpenFiles, &limit);
        limit.Soft = limit.Hard;
        setrlimit(OpenFiles, &limit);
        return (long)limit.Hard;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct PollEvent
    {
        public uint Events;
        public long Tag;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
