namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>An entry of <see cref="StreamTimerQueue"/>. A cancelled entry stays in the queue until its time and holds no stream.</summary>
internal sealed class StreamTimer(SseSubscriber stream)
{
    private SseSubscriber? _stream = stream;

    public void Fire() => _stream?.Fire(this);

    public void Cancel() => _stream = null;
}
