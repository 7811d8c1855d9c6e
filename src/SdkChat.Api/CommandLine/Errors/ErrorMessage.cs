using System.Data.Common;
using FluentValidation;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Errors;

/// <summary>The one-line error message of an expected failure: what failed, and what to do.</summary>
internal static class ErrorMessage
{
    private const string InsufficientPrivilege = "42501";

    /// <returns>Null for an unexpected exception, whose stack trace is printed too.</returns>
    public static string? From(Exception exception) => exception switch
    {
        UnavailableException unavailable => Line($"The database does not answer: {Reason(unavailable)}"),
        CommandFailedException or SchemaException or SdkChatException => Line(exception.Message),
        // A setting whose text is not of its type. The binder's message names both.
        InvalidOperationException { InnerException: FormatException or OverflowException or ArgumentException
            or { InnerException: FormatException } } setting
            when setting.Message.Contains("configuration value", StringComparison.Ordinal) =>
                Line($"A setting is not valid: {setting.Message}"),
        DbException { SqlState: InsufficientPrivilege } refused => Line(
            $"The database role may not do this ({refused.Message.TrimEnd('.')}). Use the connection string of the role that owns the "
            + "tables; deploy/postgres/roles.sql creates it."),
        OptionsValidationException invalid => Line(string.Join(" ", invalid.Failures)),
        ValidationException invalid =>
            Line(string.Join(" ", invalid.Errors.Select(error => $"{error.PropertyName}: {error.ErrorMessage}"))),
        AggregateException several
            when several.Flatten().InnerExceptions.Select(From).ToList() is var sentences && !sentences.Contains(null) =>
            string.Join(" ", sentences),
        _ => null,
    };

    /// <summary>The messages of the driver and of its inner exceptions, such as <c>Connection refused</c>.</summary>
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
