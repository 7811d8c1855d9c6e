using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.EmbeddedPostgres;

namespace SdkChat.Api.CommandLine;

/// <summary>
/// The verbs of <c>./sdkchat</c> and of <c>dotnet SdkChat.Api.dll</c>. Exit codes: 0 done, 1 could not (one line says why),
/// 2 not understood (one line says what).
/// </summary>
public static class SdkChatCommandLine
{
    private const int Failed = 1;
    private const int NotUnderstood = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Root();
        var parsed = root.Parse(args is [] or ["help"] ? ["--help"] : args is ["help", .. var verb] ? [.. verb, "--help"] : args);
        if (parsed.Errors.Count > 0)
            return await ExplainAsync(parsed.Errors);

        try
        {
            // Interrupts are the host's business while it serves, and the runtime's before that.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (Sentence(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"sdkchat: {sentence}");
            return Failed;
        }
    }

    private static RootCommand Root() => new("Chats of a shop's app: live and in history, for tenant admins and the backoffice.")
    {
        UpCommand.Create(),
        MigrateCommand.Create(),
        TokenCommand.Create(),
    };

    private static async Task<int> ExplainAsync(IReadOnlyList<ParseError> errors)
    {
        var message = errors[0].Message.ReplaceLineEndings(" ").TrimEnd('.');
        await Console.Error.WriteLineAsync($"sdkchat: {message}. Try: ./sdkchat help");
        return NotUnderstood;
    }

    /// <summary>What an operator needs to know of a failure that is no bug; null for the rest, which end with their stack.</summary>
    private static string? Sentence(Exception exception) => exception switch
    {
        CommandFailedException or EmbeddedPostgresException => exception.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        FluentValidation.ValidationException invalid => string.Join(" ", invalid.Errors.Select(error => $"{error.PropertyName} {error.ErrorMessage}")),
        UnavailableException unavailable => $"The database does not answer: {unavailable.InnerException?.Message}",
        SdkChatException known => known.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } inUse => $"{inUse.Message} Choose another address with --urls.",
        _ => null,
    };
}
