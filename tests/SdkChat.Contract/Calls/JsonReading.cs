using System.Text.Json;

namespace SdkChat.Contract.Calls;

/// <summary>Short ways to what answers say.</summary>
internal static class JsonReading
{
    /// <summary>The names of an object's members, in order; none of what is no object.</summary>
    public static string[] Members(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? [.. element.EnumerateObject().Select(member => member.Name)] : [];

    /// <summary>A member that is a text; else null.</summary>
    public static string? Text(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string Id(this JsonElement row) => row.Text("chat_id") ?? "";

    public static JsonElement[] Items(this JsonElement page) =>
        page.ValueKind == JsonValueKind.Object && page.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : [];

    public static string[] Ids(this JsonElement page) => [.. page.Items().Select(Id)];

    /// <summary>A member that is a whole number; else -1.</summary>
    public static long Number(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : -1;

    /// <summary>A member to the byte.</summary>
    public static string Raw(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetRawText() : "nothing";
}
