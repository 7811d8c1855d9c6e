namespace SdkChat.Application.Live;

/// <summary>One reader's stream: what is to be written next, and why there will be no more. One thread reads.</summary>
public interface ILiveStream : IDisposable
{
    /// <summary>Why it ended; null while it goes on.</summary>
    StreamEndReason? EndReason { get; }

    /// <summary>Fires when writing must stop even in the middle of an event: the reader is stuck, and waiting helps nobody.</summary>
    CancellationToken Aborted { get; }

    /// <summary>Waits until there is something to write. False: it has ended, and all that was to be written has been taken.</summary>
    ValueTask<bool> WaitAsync(CancellationToken cancellationToken);

    /// <summary>Takes the next piece, whole events as they go over the wire. False: there is none now.</summary>
    bool TryTake(out ReadOnlyMemory<byte> bytes);

    /// <summary>Ends it. The first reason stays.</summary>
    void End(StreamEndReason reason);
}
