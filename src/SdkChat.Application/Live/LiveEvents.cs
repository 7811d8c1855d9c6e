namespace SdkChat.Application.Live;

/// <summary>Kinds of events that a stream can carry (contract, sections 6 and 8.5).</summary>
[Flags]
public enum LiveEvents
{
    None = 0,

    ChatStarted = 1,

    ChatCompleted = 1 << 1,

    ChatFailed = 1 << 2,

    ChatEnded = 1 << 3,

    BacklistTriggered = 1 << 4,

    /// <summary>The kinds of a stream whose request names none.</summary>
    Default = ChatCompleted | BacklistTriggered,

    All = ChatStarted | ChatCompleted | ChatFailed | ChatEnded | BacklistTriggered,
}
