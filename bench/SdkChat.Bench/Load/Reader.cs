namespace SdkChat.Bench.Load;

/// <summary>One connection of the load generator.</summary>
internal sealed class Reader(System.Net.Sockets.Socket socket)
{
    public System.Net.Sockets.Socket Socket => socket;

    public int Handle { get; } = (int)socket.Handle;

    /// <summary>What is sent once the socket is connected; null from then on.</summary>
    public byte[]? Request { get; set; }

    public bool IsOpen { get; set; }

    /// <summary>The number of the event it got last; -1 for none.</summary>
    public int Last { get; set; } = -1;

    public long Delivered { get; set; }

    /// <summary>Null where the server sends its answer unchunked.</summary>
    public ChunkDecoder? Chunks { get; set; }

    /// <summary>The end of what was read, if an event began in it.</summary>
    public byte[]? Carry { get; set; }
}
