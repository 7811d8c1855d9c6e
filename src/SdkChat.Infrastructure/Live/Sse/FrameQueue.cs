namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// The frames that wait for one client, within its limits. It is almost always empty and then allocates nothing. Not thread-safe.
/// </summary>
internal struct FrameQueue
{
    private SseFrame _first;
    private Queue<SseFrame>? _more;
    private int _bytes;

    public int Count { get; private set; }

    /// <returns>
    /// False if the limits would be exceeded. An empty queue accepts a frame of any size; otherwise a large one could never be sent.
    /// </returns>
    public bool TryAdd(SseFrame frame, int maxFrames, int maxBytes)
    {
        if (Count >= maxFrames || (Count > 0 && _bytes + frame.Length > maxBytes))
            return false;

        if (Count++ == 0)
            _first = frame;
        else
            (_more ??= new Queue<SseFrame>()).Enqueue(frame);
        _bytes += frame.Length;
        return true;
    }

    public bool TryTake(out SseFrame frame)
    {
        frame = _first;
        if (Count == 0)
            return false;

        _bytes -= frame.Length;
        if (--Count > 0)
            _first = _more!.Dequeue();
        else
            (_first, _more) = (default, null);
        return true;
    }
}
