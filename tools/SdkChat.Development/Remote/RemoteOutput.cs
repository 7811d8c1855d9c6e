using System.Text.Json;
using SdkChat.Api.Http.Json;

namespace SdkChat.Development.Remote;

/// <summary>The output of commands for programs: one JSON object per line, with the names of the API.</summary>
internal static class RemoteOutput
{
    private static readonly JsonSerializerOptions Json = CreateJson();

    public static void PrintJson<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>One line of at most this many characters.</summary>
    public static string Shorten(string? text, int length = 60)
    {
        var line = (text ?? "-").ReplaceLineEndings(" ");
        return line.Length <= length ? line : $"{line[..(char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1)]}…";
    }

    /// <summary>The name of a value in the API.</summary>
    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static JsonSerializerOptions CreateJson()
    {
        var json = new JsonSerializerOptions();
        JsonConventions.Apply(json);
        return json;
    }
}
