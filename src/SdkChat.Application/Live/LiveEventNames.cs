namespace SdkChat.Application.Live;

/// <summary>The names of events in the query parameter <c>events</c>; the same as on the stream.</summary>
public static class LiveEventNames
{
    /// <summary>All names, in the order of <see cref="LiveEvents"/>.</summary>
    public static readonly IReadOnlyList<string> All =
        ["chat_started", "chat_completed", "chat_failed", "chat_ended", "backlist_triggered"];

    /// <summary>The maximum number of characters of a list, which leaves room for repeated names.</summary>
    public const int MaxLength = 200;

    /// <summary>Parses names that are separated by commas. A name may be repeated.</summary>
    /// <returns>False if a part is not a name (the empty text is not), or if the text is longer than <see cref="MaxLength"/>.</returns>
    public static bool TryParse(string names, out LiveEvents events)
    {
        events = LiveEvents.None;
        if (names.Length > MaxLength)
            return false;

        foreach (var name in names.Split(','))
        {
            var kind = Parse(name);
            if (kind == LiveEvents.None)
                return false;

            events |= kind;
        }

        return true;
    }

    private static LiveEvents Parse(string name)
    {
        for (var bit = 0; bit < All.Count; bit++)
        {
            if (All[bit] == name)
                return (LiveEvents)(1 << bit);
        }

        return LiveEvents.None;
    }
}
