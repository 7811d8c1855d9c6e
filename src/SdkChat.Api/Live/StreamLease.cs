using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Disposes of the stream at the end of its request, unless it was released before.</summary>
internal sealed class StreamLease(ILiveStream stream) : IDisposable
{
    private bool _isReleased;

    public ILiveStream Stream => stream;

    /// <summary>From now on the caller disposes of the stream.</summary>
    public ILiveStream Release()
    {
        _isReleased = true;
        return stream;
    }

    public void Dispose()
    {
        if (!_isReleased)
            stream.Dispose();
    }
}
