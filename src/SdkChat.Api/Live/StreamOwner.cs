using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Keeps the request from leaving a stream behind, whatever becomes of it, unless the stream outlives it on purpose.</summary>
internal sealed class StreamOwner(ILiveStream stream) : IDisposable
{
    private bool _isReleased;

    public ILiveStream Stream => stream;

    /// <summary>Somebody else disposes of the stream now.</summary>
    public void Release() => _isReleased = true;

    public void Dispose()
    {
        if (!_isReleased)
            stream.Dispose();
    }
}
