using System.CommandLine;
using System.CommandLine.Help;
using FluentValidation;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Help;

namespace SdkChat.Api.CommandLine;

/// <summary>A program of verbs. Exit codes: 0 success, 1 failure (one line says why), 2 usage error (one line says which).</summary>
/// <param name="name">How the program is typed, such as <c>./sdkchat</c>.</param>
/// <param name="verbs">In the order of the help text.</param>
internal sealed class CommandProgram(string name, IReadOnlyList<Command> verbs)
{
    private const int Failure = 1;
    private const int Usage = 2;

    public async Task<int> RunAsync(string[] args)
    {
        SigIntHandler.Restore();
        var parsed = Parse(args);
        // A request for help clears the parser's errors, but not its unmatched tokens.
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
            return await EndAsync(UsageError.Explain(parsed), Usage);

        try
        {
            // The host handles signals while it serves, the runtime before that.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (ErrorMessage.From(exception) is { } message)
        {
            return await EndAsync(message, exception is ValidationException ? Usage : Failure);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A defect: its report needs the stack trace. The line that says what to do is the last one, where it is seen.
            await Console.Error.WriteLineAsync(exception.ToString());
            return await EndAsync(
                $"The command failed unexpectedly: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Report it with "
                    + "the lines above.",
                Failure);
        }
    }

    /// <summary>Parses arguments. One that starts with '@' is an argument, not the name of a file with further arguments.</summary>
    public ParseResult Parse(string[] args) => Root().Parse(Normalize(args), new ParserConfiguration { ResponseFileTokenReplacer = null });

    private Command Root()
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, name);
        // A command's name cannot contain spaces; examples show the whole name.
        var root = new Command(name.Split(' ')[^1], "Chats of a shop's app: live and in history, for tenant admins and the backoffice.");
        foreach (var verb in verbs)
            root.Add(verb);
        // Listed here, handled by Normalize.
        root.Add(new Command("help", "List the verbs, or explain one: help VERB."));
        root.Add(help);
        return root;
    }

    /// <summary>Rewrites other ways of requesting help and the version to the form that the parser knows.</summary>
    private static string[] Normalize(string[] args) => args switch
    {
        [] or ["help"] => ["--help"],
        ["help", .. var verb] => [.. verb, "--help"],
        ["--version"] => ["version"],
        _ => args,
    };

    private static async Task<int> EndAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync($"sdkchat: {message}");
        return code;
    }
}
