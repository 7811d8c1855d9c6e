namespace SdkChat.Application.Chats;

/// <summary>The outcome of a write. Only <see cref="Done"/> has changed anything.</summary>
public enum ChatWrite
{
    /// <summary>Row, event and (if there is one) idempotency record are committed.</summary>
    Done,

    /// <summary>The row has changed since it was read: read it again, and decide again.</summary>
    Conflict,

    /// <summary>A request with this idempotency key was processed: give its response.</summary>
    AlreadyProcessed,
}
