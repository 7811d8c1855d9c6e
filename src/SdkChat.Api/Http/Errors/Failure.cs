using System.Text.Json;
using FluentValidation;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Http.Errors;

/// <summary>The error of a call: its code, a message, and the problems of each invalid parameter.</summary>
/// <param name="Message">Null for the message of the error table.</param>
/// <param name="Errors">By parameter, in snake_case; only with <see cref="ErrorCode.ValidationFailed"/>.</param>
internal sealed record Failure(ErrorCode Code, string? Message = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    public const string BodyCutShort = "The body could not be read to its end.";

    /// <summary>Converts an exception. An unexpected one becomes <see cref="ErrorCode.Internal"/>, without details.</summary>
    public static Failure From(Exception exception) => exception switch
    {
        SdkChatException known => new Failure(known.Code, known.Message),
        ValidationException invalid => Invalid(invalid.Errors.Select(error => (error.PropertyName, error.ErrorMessage))),
        ChatTransitionRefusedException { IsEnded: true } => new Failure(ErrorCode.ChatEnded),
        ChatTransitionRefusedException => new Failure(ErrorCode.ChatNotCompleted),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Failure(ErrorCode.PayloadTooLarge),
        BadHttpRequestException => new Failure(ErrorCode.MalformedJson, BodyCutShort),
        _ => new Failure(ErrorCode.Internal),
    };

    public static Failure Invalid(IEnumerable<(string Parameter, string Message)> errors)
    {
        var byParameter = errors
            .GroupBy(error => WireName(error.Parameter), error => error.Message, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Distinct().ToArray());
        return new Failure(ErrorCode.ValidationFailed, $"The request is not valid: {string.Join(", ", byParameter.Keys)}.", byParameter);
    }

    /// <summary>Converts <c>Items[0].ProductId</c> to <c>items[0].product_id</c>. An empty name stands for the whole body.</summary>
    private static string WireName(string member) =>
        member.Length == 0 ? "body" : string.Join('.', member.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
}
