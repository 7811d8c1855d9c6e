namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>The connection between a stream and its reader.</summary>
internal interface IReaderConnection
{
    /// <summary>
    /// How long the reader's machine has acknowledged nothing although data was retransmitted. Zero while it acknowledges, while there is
    /// nothing to acknowledge, and where the transport does not know. A slow reader that acknowledges is not silent. Safe on any thread.
    /// </summary>
    TimeSpan Silence { get; }
}
