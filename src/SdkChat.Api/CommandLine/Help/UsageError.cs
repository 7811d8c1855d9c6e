using System.CommandLine;
using System.CommandLine.Invocation;

namespace SdkChat.Api.CommandLine.Help;

/// <summary>Explains a usage error in one line, and suggests the nearest known word.</summary>
internal static class UsageError
{
    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var message = parsed.UnmatchedTokens is [var unknown, ..] ? Unknown(command, unknown)
            : command.Subcommands.Count > 0 && parsed.Errors is [{ SymbolResult: null or System.CommandLine.Parsing.CommandResult }, ..]
                ? Incomplete(command)
            : parsed.Errors[0].Message;
        var end = message.EndsWith('?') ? "" : ".";
        return $"{message.ReplaceLineEndings(" ").TrimEnd('.')}{end} Try: {Path(command)} --help";
    }

    private static string Unknown(Command command, string word)
    {
        var kind = word.StartsWith('-') ? "no option" : command.Subcommands.Count > 0 ? "no verb" : "nothing to do with";
        return $"{Name(command)} has {kind} '{word}'{(Suggestion(command, word) is { } known ? $"; did you mean '{known}'?" : "")}";
    }

    private static string Incomplete(Command command) =>
        $"{Name(command)} needs one of: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}";

    private static string Name(Command command) => command.Parents.Any() ? $"'{command.Name}'" : "sdkchat";

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;

    /// <summary>The library's first suggestion for an unknown word; null if it has none.</summary>
    private static string? Suggestion(Command command, string word)
    {
        var parsed = command.Parse([word], new ParserConfiguration { ResponseFileTokenReplacer = null });
        // Any other action would carry out the command.
        if (parsed.Action is not ParseErrorAction corrections)
            return null;

        corrections.ShowHelp = false;
        using var text = new StringWriter();
        parsed.Invoke(new InvocationConfiguration { Output = text, Error = TextWriter.Null, ProcessTerminationTimeout = null });
        // A title, and below it a suggestion per line.
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault()?.Trim();
    }
}
