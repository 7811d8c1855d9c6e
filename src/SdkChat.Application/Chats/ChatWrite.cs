namespace SdkChat.Application.Chats;

/// <summary>The outcome of a write. Nothing was changed unless it is <see cref="Done"/>.</summary>
public enum ChatWrite
{
    /// <summary>The row, its event and the idempotency record, if any, are committed.</summary>
    Done,

    /// <summary>The row has changed since it was read. Read it again and repeat the decision.</summary>
    Conflict,

    /// <summary>A request with this idempotency key was already processed. Return its response.</summary>
    AlreadyProcessed,
}
