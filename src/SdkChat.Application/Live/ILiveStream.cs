namespace SdkChat.Application.Live;

/// <summary>
/// One open stream, as what carries it to its reader sees it: frames to send, and an end. Frames are complete and shared
/// by all streams that carry the same event: send them, do not touch them. Disposing takes the stream off the hub.
/// </summary>
public interface ILiveStream : IDisposable
{
    /// <summary>
    /// Cancelled when sending must stop at once, whatever is still queued: the reader is gone or too slow, or did not take
    /// what was left within a moment of the end.
    /// </summary>
    CancellationToken Aborted { get; }

    /// <summary>Names the connection that is asked, with each ping, whether the reader still answers.</summary>
    void Watch(IReaderConnection connection);

    /// <summary>Waits until there is something to do. One wait at a time.</summary>
    /// <param name="direct">
    /// What the hub may send through by itself for as long as this wait lasts; null for a transport that wants every frame
    /// handed to it.
    /// </param>
    /// <returns>True when frames wait, or <paramref name="direct"/> has kept something; false when the stream has ended and every frame has been read.</returns>
    ValueTask<bool> WaitAsync(IDirectOutput? direct = null);

    /// <summary>Takes the next frame, if one is there.</summary>
    bool TryRead(out LiveFrame frame);

    /// <summary>Ends the stream. The first reason stays; later calls do nothing.</summary>
    void End(StreamEndReason reason);
}
