namespace SdkChat.Application.Chats;

/// <summary>What became of a write. Only <see cref="Done"/> has changed anything.</summary>
public enum ChatWrite
{
    /// <summary>Row, event and (if there is one) idempotency record are committed.</summary>
    Done,

    /// <summary>The row has moved on since it was read: read it again, and decide again.</summary>
    Conflict,

    /// <summary>The idempotency key belongs to a wish that has been carried out: answer as it was answered.</summary>
    WishKnown,
}
