using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// <c>send(2)</c> that never waits. It is shorter than the way through <see cref="Socket.Send(ReadOnlySpan{byte})"/>, and
/// thousands of these calls are made for every event.
/// </summary>
internal static partial class NonBlockingSend
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int MoreFollows = 0x8000;

    /// <param name="more">Whether the kernel may wait for what follows before it fills a packet.</param>
    /// <returns>How many bytes were taken; -1 when none, because the socket is full or broken.</returns>
    /// <exception cref="ObjectDisposedException">The socket is closed; the handle guards against its number meaning another by now.</exception>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, bool more = false) =>
        (int)send(socket, bytes, bytes.Length, DontWait | NoSignal | (more ? MoreFollows : 0));

    [LibraryImport("libc")]
    private static partial nint send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nint length, int flags);
}
