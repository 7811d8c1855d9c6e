using System.CommandLine;

namespace SdkChat.Api.CommandLine.Help;

/// <summary>Explains a usage error in one line, and suggests the nearest known word.</summary>
internal static class UsageError
{
    /// <summary>Words that differ by more edits are not suggested.</summary>
    private const int MaxEdits = 2;

    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var message = parsed.UnmatchedTokens is [var unknown, ..] ? Unknown(command, unknown)
            : command.Subcommands.Count > 0 && parsed.Errors is [{ SymbolResult: null or System.CommandLine.Parsing.CommandResult }, ..] ? Incomplete(command)
            : parsed.Errors[0].Message;
        var end = message.EndsWith('?') ? "" : ".";
        return $"{message.ReplaceLineEndings(" ").TrimEnd('.')}{end} Try: {Path(command)} --help";
    }

    private static string Unknown(Command command, string word)
    {
        var kind = word.StartsWith('-') ? "no option" : command.Subcommands.Count > 0 ? "no verb" : "nothing to do with";
        var nearest = Nearest(word, command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).Concat(command.Options.Select(option => option.Name)));
        return $"{Name(command)} has {kind} '{word}'{(nearest is null ? "" : $"; did you mean '{nearest}'?")}";
    }

    private static string Incomplete(Command command) =>
        $"{Name(command)} needs one of: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}";

    private static string Name(Command command) => command.Parents.Any() ? $"'{command.Name}'" : "sdkchat";

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    /// <summary>The known word with the fewest edits from this one; null when none is near.</summary>
    internal static string? Nearest(string word, IEnumerable<string> known) => known
        .Select(candidate => (Candidate: candidate, Edits: Edits(word, candidate)))
        .Where(found => found.Edits <= Math.Min(MaxEdits, found.Candidate.Length / 2))
        .OrderBy(found => found.Edits)
        .Select(found => found.Candidate)
        .FirstOrDefault();

    /// <summary>Letters to add, drop or change (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var (letter, i) in from.Select((letter, i) => (letter, i)))
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (to[j - 1] == letter ? 0 : 1)));
        }

        return row[^1];
    }
}
