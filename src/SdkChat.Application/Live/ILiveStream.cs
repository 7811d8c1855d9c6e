namespace SdkChat.Application.Live;

/// <summary>One open stream of events. Disposing removes it from the hub.</summary>
public interface ILiveStream : IDisposable
{
    /// <summary>Ends the stream. The first reason is kept; later calls have no effect.</summary>
    void End(StreamEndReason reason);
}
