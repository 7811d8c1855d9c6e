namespace SdkChat.Domain.Chats;

/// <summary>The lifecycle does not allow <paramref name="transition"/> where the chat stands; the chat is unchanged.</summary>
public sealed class ChatTransitionRefusedException(ChatTransition transition, ChatStatus status, bool isEnded)
    : InvalidOperationException($"A chat that is {status}{(isEnded ? " and ended" : "")} cannot {transition}.")
{
    public ChatTransition Transition { get; } = transition;

    public ChatStatus Status { get; } = status;

    /// <summary>Whether the chat had been ended before, whatever its status.</summary>
    public bool IsEnded { get; } = isEnded;
}
