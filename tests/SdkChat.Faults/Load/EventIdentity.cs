using System.Text.Json;

namespace SdkChat.Faults.Load;

/// <summary>What tells one event from every other: a chat completes once, and each trigger carries its write in its items.</summary>
internal readonly record struct EventIdentity(string Kind, Guid Chat, string Write)
{
    public static EventIdentity From(string kind, string data)
    {
        using var document = JsonDocument.Parse(data);
        var chat = document.RootElement.GetProperty("chat_id").GetGuid();
        return new EventIdentity(
            kind, chat, document.RootElement.TryGetProperty("notification_items", out var items) ? WriteIn(items) : "");
    }

    /// <summary>As the database has it.</summary>
    public static EventIdentity From(string kind, Guid chat, byte[]? items)
    {
        if (items is null)
            return new EventIdentity(kind, chat, "");

        using var document = JsonDocument.Parse(items);
        return new EventIdentity(kind, chat, WriteIn(document.RootElement));
    }

    private static string WriteIn(JsonElement items) =>
        items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > 0 && items[0].TryGetProperty("write", out var write)
            ? write.GetString()!
            : "";
}
