namespace SdkChat.Application.Live;

/// <summary>The events of the wire (contract, section 6).</summary>
public static class EventNames
{
    public const string ChatCompleted = "chat_completed";
    public const string BacklistTriggered = "backlist_triggered";
}
