using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Converts statuses to their names in the table.</summary>
internal static class ChatStatusNames
{
    public static string ToName(ChatStatus status) => status switch
    {
        ChatStatus.InProgress => "in_progress",
        ChatStatus.Completed => "completed",
        ChatStatus.Error => "error",
        ChatStatus.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static ChatStatus Parse(string name) => name switch
    {
        "in_progress" => ChatStatus.InProgress,
        "completed" => ChatStatus.Completed,
        "error" => ChatStatus.Error,
        "ended" => ChatStatus.Ended,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
