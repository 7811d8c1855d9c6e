namespace SdkChat.Domain.Chats;

/// <summary>The lifecycle does not allow <paramref name="transition"/> in the current state of the chat. The chat is unchanged.</summary>
public sealed class ChatTransitionRefusedException(ChatTransition transition, ChatStatus status, bool isEnded)
    : InvalidOperationException($"A chat that is {status}{(isEnded ? " and ended" : "")} cannot {transition}.")
{
    public ChatTransition Transition { get; } = transition;

    public ChatStatus Status { get; } = status;

    /// <summary>Whether the chat had already been ended, whatever its status.</summary>
    public bool IsEnded { get; } = isEnded;
}
