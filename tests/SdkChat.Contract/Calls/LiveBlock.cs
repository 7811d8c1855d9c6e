using System.Text.Json;

namespace SdkChat.Contract.Calls;

/// <summary>What stands between two empty lines of a stream.</summary>
/// <param name="At">Since the request was sent.</param>
/// <param name="Raw">To the byte, without the empty line after it.</param>
internal sealed record LiveBlock(TimeSpan At, string Raw)
{
    private string[] Lines => Raw.Split('\n');

    /// <summary>The event's name; null where the block is no event but a comment or a <c>retry:</c>.</summary>
    public string? Event => Field("event") ?? (Data is null ? null : "message");

    /// <summary>All data lines; null where there is none.</summary>
    public string? Data =>
        Lines.Any(line => NameOf(line) == "data") ? string.Join('\n', Lines.Where(line => NameOf(line) == "data").Select(ValueOf)) : null;

    public string? Chat => Json?.Text("chat_id");

    public JsonElement? Json
    {
        get
        {
            try
            {
                return Data is { Length: > 0 } data ? JsonElement.Parse(data) : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public string? Field(string name) => Lines.Where(line => NameOf(line) == name).Select(ValueOf).LastOrDefault();

    private static string NameOf(string line) => line.Split(':', 2)[0].TrimEnd('\r');

    private static string ValueOf(string line)
    {
        var parts = line.Split(':', 2);
        var value = parts.Length == 1 ? "" : parts[1];
        return value.StartsWith(' ') ? value[1..] : value;
    }
}
