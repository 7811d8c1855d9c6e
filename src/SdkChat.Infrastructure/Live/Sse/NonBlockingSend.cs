using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// <c>send(2)</c> that never waits. A delivery costs 3 % less than with <see cref="Socket.Send(ReadOnlySpan{byte})"/>. It goes once a
/// response of several segments costs as little with <see cref="Socket"/> (docs/decisions/0046).
/// </summary>
public static partial class NonBlockingSend
{
    /// <summary>
    /// The maximum number of segments in one call. With the web server's 4 KB segments this is more than most responses have.
    /// </summary>
    public const int MaxPieces = 32;

    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;

    /// <returns>How many bytes the socket took; -1 for none, because its buffer is full or it is broken.</returns>
    /// <exception cref="ObjectDisposedException">
    /// The socket is closed. The handle prevents the use of a descriptor that was reassigned.
    /// </exception>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes) =>
        (int)send(socket, bytes, bytes.Length, DontWait | NoSignal);

    /// <summary>Sends the bytes of several segments, of which the first <see cref="MaxPieces"/> are sent, in one call.</summary>
    /// <inheritdoc cref="Send(SafeSocketHandle, ReadOnlySpan{byte})"/>
    public static unsafe int Send(SafeSocketHandle socket, in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
            return Send(socket, bytes.FirstSpan);

        var pins = default(Pins);
        var pieces = stackalloc Piece[MaxPieces];
        var count = 0;
        try
        {
            foreach (var piece in bytes)
            {
                if (count == MaxPieces)
                    break;

                pins[count] = piece.Pin();
                pieces[count] = new Piece { Start = pins[count].Pointer, Length = piece.Length };
                count++;
            }

            var message = new Message { Pieces = pieces, Count = count };
            return (int)sendmsg(socket, &message, DontWait | NoSignal);
        }
        finally
        {
            while (count > 0)
                pins[--count].Dispose();
        }
    }

    [LibraryImport("libc")]
    private static partial nint send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes, nint length, int flags);

    [LibraryImport("libc")]
    private static unsafe partial nint sendmsg(SafeSocketHandle socket, Message* message, int flags);

    /// <summary><c>struct iovec</c>.</summary>
    private unsafe struct Piece
    {
        public void* Start;
        public nint Length;
    }

    /// <summary>
    /// <c>struct msghdr</c> of 64-bit Linux. All other fields are 0: the socket is connected, and there are no control messages.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    private unsafe struct Message
    {
        [FieldOffset(16)]
        public Piece* Pieces;

        [FieldOffset(24)]
        public nint Count;
    }

    [InlineArray(MaxPieces)]
    private struct Pins
    {
        private MemoryHandle _first;
    }
}
