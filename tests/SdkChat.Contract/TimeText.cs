using System.Globalization;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract;

/// <summary>Spans of time on the command line: <c>60s</c>, <c>5m</c>.</summary>
internal static class TimeText
{
    private const int Most = 100_000;

    /// <exception cref="CannotTellException">It is none.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is 0 or > Most)
            throw Wrong(option, text);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            _ => throw Wrong(option, text),
        };
    }

    private static CannotTellException Wrong(string option, string text) => new($"{option} '{text}' is no time such as 60s or 5m");
}
