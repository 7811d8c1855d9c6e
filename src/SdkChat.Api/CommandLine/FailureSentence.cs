using FluentValidation;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.EmbeddedPostgres;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine;

/// <summary>What an operator needs to know of a failure that is no bug, in one line.</summary>
internal static class FailureSentence
{
    /// <returns>Null for a bug, which ends with its stack.</returns>
    public static string? Of(Exception exception) => exception switch
    {
        UnavailableException unavailable => Line($"The database does not answer: {Reason(unavailable)}"),
        CommandFailedException or EmbeddedPostgresException or SchemaException or SdkChatException => Line(exception.Message),
        OptionsValidationException invalid => Line(string.Join(" ", invalid.Failures)),
        ValidationException invalid => Line(string.Join(" ", invalid.Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}"))),
        AggregateException several when several.Flatten().InnerExceptions.Select(Of).ToList() is var sentences && !sentences.Contains(null) =>
            string.Join(" ", sentences),
        _ => null,
    };

    /// <summary>What the driver says, and what the system says below it, such as <c>Connection refused</c>.</summary>
    public static string Reason(UnavailableException unavailable)
    {
        var messages = new List<string>();
        for (Exception? cause = unavailable.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (!messages.Exists(message => message.Contains(cause.Message, StringComparison.Ordinal)))
                messages.Add(cause.Message.TrimEnd('.'));
        }

        return string.Join(": ", messages);
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ").Trim();
}
