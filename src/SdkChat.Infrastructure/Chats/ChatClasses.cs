namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// Classes of chats as a set of bits: the status, and whether a completed chat has had a back-list trigger. See <c>chat_class</c> in
/// migration 0018.
/// </summary>
[Flags]
internal enum ChatClasses
{
    None = 0,
    InProgress = 1,

    /// <summary>Completed, without a trigger.</summary>
    CompletedUntriggered = 2,
    Triggered = 4,
    Error = 8,
    Ended = 16,
    All = 31,
}
