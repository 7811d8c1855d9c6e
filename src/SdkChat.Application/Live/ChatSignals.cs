namespace SdkChat.Application.Live;

/// <summary>The signals of an <see cref="IChatWatch"/>.</summary>
[Flags]
public enum ChatSignals
{
    None = 0,

    /// <summary>The chat has changed.</summary>
    Changed = 1,

    /// <summary>A tenant, a key or a block has changed: the caller may no longer be allowed to read the chat.</summary>
    AccessChanged = 1 << 1,

    /// <summary>The watch has ended, because the node is stopping or may have missed a change.</summary>
    Ended = 1 << 2,
}
