using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>A way for a stream's frames to its reader.</summary>
internal interface IStreamOutput
{
    /// <summary>What the hub may send through while the stream has nothing that waits; null where it must not.</summary>
    IDirectOutput? Direct { get; }

    /// <summary>Sends what waits, in order, as fast as the reader takes it. Done when it has left this process.</summary>
    /// <exception cref="OperationCanceledException">The stream was aborted meanwhile.</exception>
    /// <exception cref="IOException">The reader is gone.</exception>
    ValueTask SendAsync(ILiveStream stream);
}
