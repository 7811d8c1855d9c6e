using System.Net.Sockets;
using System.Runtime.InteropServices;
using SdkChat.Application.Live;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// Whether the other side of a connection still acknowledges what it is sent, as the kernel knows it (<c>TCP_INFO</c>). TCP_USER_TIMEOUT would
/// end the connection by itself, but also that of a reader whose window has been closed for as long, which is slow and not gone: Linux
/// counts both alike.
/// </summary>
internal sealed class TcpPeer(Socket socket) : IReaderConnection
{
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;

    /// <summary>How often something must have been sent again before silence means anything: an acknowledgement may be on its way.</summary>
    private const int SentAgain = 2;

    public TimeSpan Silence => SilenceOf(socket);

    public static TimeSpan SilenceOf(Socket socket)
    {
        Span<Info> info = stackalloc Info[1];
        try
        {
            if (!OperatingSystem.IsLinux() || socket.GetRawSocketOption(TcpLevel, TcpInfo, MemoryMarshal.AsBytes(info)) < Marshal.SizeOf<Info>())
                return TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed, or not TCP.
            return TimeSpan.Zero;
        }

        // Retransmissions count from the last acknowledgement of data, probes of a closed window from the last answer.
        return info[0].Retransmissions >= SentAgain || info[0].Probes >= SentAgain
            ? TimeSpan.FromMilliseconds(info[0].LastAcknowledgement)
            : TimeSpan.Zero;
    }

    /// <summary>The beginning of <c>struct tcp_info</c>, which only ever grows at its end.</summary>
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
