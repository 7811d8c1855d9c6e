using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Whether the peer of a connection still acknowledges data, as the kernel reports it (<c>TCP_INFO</c>). TCP_USER_TIMEOUT is no
/// alternative: it also closes the connection of a slow client whose window has been closed for as long.
/// </summary>
internal sealed class TcpPeer(Socket socket) : IReaderConnection
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;

    /// <summary>Fewer retransmissions than this mean nothing: an acknowledgement may be on its way.</summary>
    private const int MinRetransmissions = 2;

    public TimeSpan Silence => GetSilence(socket);

    public static TimeSpan GetSilence(Socket socket)
    {
        Span<Info> info = stackalloc Info[1];
        try
        {
            if (!OperatingSystem.IsLinux()
                || socket.GetRawSocketOption(TcpLevel, TcpInfo, MemoryMarshal.AsBytes(info)) < Marshal.SizeOf<Info>())
                return TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed, or not TCP.
            return TimeSpan.Zero;
        }

        // Retransmissions count from the last acknowledgement of data, probes of a closed window from the last answer.
        return info[0].Retransmissions >= MinRetransmissions || info[0].Probes >= MinRetransmissions
            ? TimeSpan.FromMilliseconds(info[0].LastAcknowledgement)
            : TimeSpan.Zero;
    }

    /// <summary>The beginning of <c>struct tcp_info</c>. Linux adds fields only at its end.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 104)]
    private struct Info
    {
        [FieldOffset(2)]
        public byte Retransmissions;

        [FieldOffset(3)]
        public byte Probes;

        /// <summary>Milliseconds since the peer last acknowledged anything.</summary>
        [FieldOffset(56)]
        public uint LastAcknowledgement;
    }
}
