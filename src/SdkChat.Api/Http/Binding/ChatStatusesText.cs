using SdkChat.Application.Chats;

namespace SdkChat.Api.Http.Binding;

/// <summary>Parses statuses in a parameter: names that are separated by commas.</summary>
internal static class ChatStatusesText
{
    /// <summary>The names; the same as in bodies.</summary>
    public static readonly IReadOnlyDictionary<string, ChatStatuses> Names = new Dictionary<string, ChatStatuses>(StringComparer.Ordinal)
    {
        ["in_progress"] = ChatStatuses.InProgress,
        ["completed"] = ChatStatuses.Completed,
        ["error"] = ChatStatuses.Error,
        ["ended"] = ChatStatuses.Ended,
    };

    private const int MaxLength = 200;

    public static bool TryParse(string? text, out ChatStatuses statuses)
    {
        statuses = ChatStatuses.Any;
        if (text is not { Length: > 0 and <= MaxLength })
            return false;
        foreach (var name in text.Split(','))
        {
            if (!Names.TryGetValue(name, out var status))
                return false;
            statuses |= status;
        }

        return true;
    }
}
