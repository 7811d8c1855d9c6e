namespace SdkChat.Application.Chats;

/// <summary>A set of statuses to filter by. The bit of each status is its value in <see cref="Domain.Chats.ChatStatus"/>.</summary>
[Flags]
public enum ChatStatuses
{
    /// <summary>No filter: every status.</summary>
    Any = 0,
    InProgress = 1,
    Completed = 2,
    Error = 4,
    Ended = 8,
}
