using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// What waits for one reader, within its limits. Almost always empty, and then it holds nothing but itself. Not for more than
/// one thread at a time.
/// </summary>
internal struct FrameQueue
{
    private LiveFrame _first;
    private Queue<LiveFrame>? _more;
    private int _bytes;

    public int Count { get; private set; }

    /// <returns>False when it would be more than may wait. A frame that finds nothing before it is let in whatever its size, or a large one would never reach anybody.</returns>
    public bool TryAdd(LiveFrame frame, int mostFrames, int mostBytes)
    {
        if (Count >= mostFrames || (Count > 0 && _bytes + frame.Length > mostBytes))
            return false;

        if (Count++ == 0)
            _first = frame;
        else
            (_more ??= new Queue<LiveFrame>()).Enqueue(frame);
        _bytes += frame.Length;
        return true;
    }

    public bool TryTake(out LiveFrame frame)
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
