namespace SdkChat.Infrastructure.Common;

/// <summary>Finds the name that a misspelt one probably stands for.</summary>
internal static class SimilarName
{
    /// <summary>More changes than one in four letters make another word.</summary>
    private const int LettersPerChange = 4;

    private const int MostChanges = 3;

    /// <returns>
    /// The name with the fewest changed letters or, if none is close, the only one with the same last part; null if there is neither.
    /// </returns>
    public static string? Find(string wanted, IEnumerable<string> names)
    {
        var all = names.ToList();
        var (name, changes) = all
            .Select(name => (name, changes: Changes(wanted.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(found => found.changes).ThenBy(found => found.name, StringComparer.Ordinal)
            .FirstOrDefault((name: "", changes: int.MaxValue));
        if (changes <= Math.Clamp(wanted.Length / LettersPerChange, 1, MostChanges))
            return name;
        return all.Where(other => LastPart(other).Equals(LastPart(wanted), StringComparison.OrdinalIgnoreCase)).ToList() is [var only]
            ? only
            : null;
    }

    private static string LastPart(string name) => name[(name.LastIndexOf(':') + 1)..];

    /// <summary>The number of inserted, removed, replaced and transposed letters (optimal string alignment).</summary>
    private static int Changes(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= to.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[from.Length, to.Length];
    }
}
