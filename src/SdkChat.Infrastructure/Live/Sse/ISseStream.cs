using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// An open stream as its output sees it: frames to send, and an end. Frames are complete and shared by all streams that carry the
/// same event, so an output must not change them.
/// </summary>
internal interface ISseStream : ILiveStream
{
    /// <summary>
    /// Cancelled when sending must stop at once, even if frames are queued: the reader disconnected, is too slow, or did not take
    /// the last frames within a second after the end.
    /// </summary>
    CancellationToken Aborted { get; }

    /// <summary>Sets the connection that is checked with each ping.</summary>
    void Watch(IReaderConnection connection);

    /// <summary>Waits until there is something to send. One wait at a time.</summary>
    /// <param name="direct">The output that the hub may send through while this wait lasts; null if it must queue every frame.</param>
    /// <returns>
    /// True when frames are queued or <paramref name="direct"/> has kept a remainder; false when the stream has ended and its queue is
    /// empty.
    /// </returns>
    ValueTask<bool> WaitAsync(IDirectOutput? direct = null);

    /// <summary>Takes the next frame from the queue.</summary>
    /// <returns>False when the queue is empty.</returns>
    bool TryRead(out SseFrame frame);
}
