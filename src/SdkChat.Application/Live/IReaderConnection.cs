namespace SdkChat.Application.Live;

/// <summary>What a stream's transport knows of the connection to its reader.</summary>
public interface IReaderConnection
{
    /// <summary>
    /// For how long the reader's machine has acknowledged nothing although what was sent was sent again. Zero while it answers, while there is
    /// nothing to acknowledge, and where the transport does not know. A reader that is slow but acknowledges is not silent. Any thread may ask.
    /// </summary>
    TimeSpan Silence { get; }
}
