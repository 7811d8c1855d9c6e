namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>An entry of <see cref="StreamClock"/>. One whose stream is gone stays there until its time, and holds nothing.</summary>
internal sealed class StreamAlarm(SseSubscriber stream)
{
    private SseSubscriber? _stream = stream;

    public void Ring() => _stream?.Ring(this);

    public void Forget() => _stream = null;
}
