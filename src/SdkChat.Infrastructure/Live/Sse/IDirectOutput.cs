namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>An output that takes bytes at once or not at all, so that the publishing thread can use it.</summary>
internal interface IDirectOutput
{
    /// <summary>
    /// Sends without waiting and never throws. Called by one thread at a time, and only while the transport waits for the stream
    /// (<see cref="ISseStream.WaitAsync"/>).
    /// </summary>
    /// <returns>
    /// Whether the whole frame was sent. If not, the output keeps the remainder, and the transport must send it before anything else.
    /// </returns>
    bool TrySend(SseFrame frame);

    /// <summary>
    /// Loads the data that <see cref="TrySend"/> needs into the processor's cache and changes nothing. Publishing to thousands of streams
    /// then waits for several cache misses at once instead of one after the other. Thread-safe.
    /// </summary>
    void Prefetch();
}
