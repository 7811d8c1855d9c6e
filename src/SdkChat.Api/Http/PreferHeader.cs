using System.Globalization;
using System.Net.Http.Headers;

namespace SdkChat.Api.Http;

/// <summary>Parses <c>Prefer</c> (RFC 7240). Invalid or unknown parts are ignored; of a repeated preference the first is used.</summary>
internal static class PreferHeader
{
    public const string Name = "Prefer";
    public const string Applied = "Preference-Applied";

    /// <summary>The preference <c>wait</c> in seconds; null if there is none, or if the first one is not a number.</summary>
    public static int? GetWait(HttpRequest request)
    {
        foreach (var part in request.Headers[Name].SelectMany(value => Split(value ?? "")))
        {
            if (NameValueWithParametersHeaderValue.TryParse(part, out var preference)
                && preference.Name.Equals("wait", StringComparison.OrdinalIgnoreCase))
                return int.TryParse(preference.Value?.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                    ? seconds
                    : null;
        }

        return null;
    }

    /// <summary>The parts between commas outside quotes.</summary>
    private static IEnumerable<string> Split(string value)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < value.Length; i++)
        {
            switch (value[i])
            {
                case '\\' when isQuoted:
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    yield return value[start..i];
                    start = i + 1;
                    break;
            }
        }

        yield return value[start..];
    }
}
