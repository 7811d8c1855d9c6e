using System.Buffers;

namespace SdkChat.Application.Common.Time;

/// <summary>The name of a time zone in the IANA database, such as <c>Asia/Tokyo</c>.</summary>
public readonly record struct TimeZoneName
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    private readonly string? _name;

    private TimeZoneName(string name) => _name = name;

    public static TimeZoneName Utc => default;

    internal TimeZoneInfo Zone => _name is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(_name);

    /// <summary>False if this machine's IANA database does not contain the name. Windows names are not accepted.</summary>
    public static bool TryParse(string? text, out TimeZoneName name)
    {
        name = default;
        if (text is "UTC")
            return true;
        if (text is not { Length: > 0 and <= MaxLength }
            || text.AsSpan().ContainsAnyExcept(Characters)
            || text.StartsWith('/')
            || text is "localtime" or "posixrules" or "Factory"
            || text.StartsWith("posix/", StringComparison.Ordinal)
            || text.StartsWith("right/", StringComparison.Ordinal)
            || TimeZoneInfo.TryConvertWindowsIdToIanaId(text, out _)
            || !TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            || !zone.HasIanaId)
            return false;

        name = new TimeZoneName(text);
        return true;
    }

    public override string ToString() => _name ?? "UTC";
}
