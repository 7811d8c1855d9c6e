namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>The connection between a stream and its client.</summary>
internal interface IReaderConnection
{
    /// <summary>
    /// How long the client has acknowledged nothing although data was retransmitted. Zero while it acknowledges, while there is nothing to
    /// acknowledge, and if the transport does not know. A slow client that acknowledges is not silent. Thread-safe.
    /// </summary>
    TimeSpan Silence { get; }
}
