namespace SdkChat.Application.Chats;

/// <summary>A set of statuses to filter by. Each is a bit, at the place that it has in <see cref="Domain.Chats.ChatStatus"/>.</summary>
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
