namespace SdkChat.Application.Live;

/// <summary>A transport's way to its reader that takes bytes at once or not at all, so that who publishes can use it himself.</summary>
public interface IDirectOutput
{
    /// <summary>
    /// Sends without waiting and without failing. Called by one thread at a time, and only while the transport waits
    /// for the stream (<see cref="ILiveStream.WaitAsync"/>).
    /// </summary>
    /// <returns>
    /// Whether all of it is on its way. If not, the output keeps what is left, and the transport must send that before anything else.
    /// </returns>
    bool TrySend(LiveFrame frame);

    /// <summary>
    /// Reads what <see cref="TrySend"/> will need, and changes nothing: who publishes to thousands has several of them brought from
    /// memory at once that way, instead of waiting for one after the other. Any thread may call it at any time.
    /// </summary>
    void Touch();
}
