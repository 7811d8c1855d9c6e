using System.CommandLine;
using System.CommandLine.Help;
using FluentValidation;
using SdkChat.Api.CommandLine.Help;

namespace SdkChat.Api.CommandLine;

/// <summary>
/// The verbs of <c>./sdkchat</c> and of <c>dotnet SdkChat.Api.dll</c>. Exit codes: 0 done, 1 could not (one line says why),
/// 2 not understood (one line says what).
/// </summary>
public static class SdkChatCommandLine
{
    private const string Program = "./sdkchat";
    private const int Failed = 1;
    private const int NotUnderstood = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        Interrupts.Heed();
        var parsed = Parse(args);
        // A request for help clears the parser's errors, but not what it could not place.
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
            return await EndAsync(Misunderstanding.Explain(parsed), NotUnderstood);

        try
        {
            // Interrupts are the host's business while it serves, and the runtime's before that.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (FailureSentence.Of(exception) is { } sentence)
        {
            return await EndAsync(sentence, exception is ValidationException ? NotUnderstood : Failed);
        }
    }

    /// <summary>What the arguments ask for. An argument that starts with '@' is an argument, not the name of a file with more of them.</summary>
    internal static ParseResult Parse(string[] args) => Root().Parse(Normal(args), new ParserConfiguration { ResponseFileTokenReplacer = null });

    private static Command Root()
    {
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, Program);
        return new Command(Program, "Chats of a shop's app: live and in history, for tenant admins and the backoffice.")
        {
            UpCommand.Create(),
            MigrateCommand.Create(),
            SignInCommand.Create(),
            TokenCommand.Create(),
            TenantCommand.Create(),
            ApiKeyCommand.Create(),
            SeedCommand.Create(),
            RepairCommand.Create(),
            EraseCommand.Create(),
            DemoCommand.Create(),
            OpenApiCommand.Create(),
            VersionCommand.Create(),
            // Listed here, understood by Normal.
            new Command("help", "List the verbs, or explain one: help VERB."),
            help,
        };
    }

    /// <summary>The other ways to ask for help and for the version, in the form that the parser knows.</summary>
    private static string[] Normal(string[] args) => args switch
    {
        [] or ["help"] => ["--help"],
        ["help", .. var verb] => [.. verb, "--help"],
        ["--version"] => ["version"],
        _ => args,
    };

    private static async Task<int> EndAsync(string sentence, int code)
    {
        await Console.Error.WriteLineAsync($"sdkchat: {sentence}");
        return code;
    }
}
