using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Origins;

/// <summary>
/// Limits the headers that a preflight asks for. The response repeats them, without a credential, and a proxy holds all headers of a
/// response in one small buffer.
/// </summary>
internal static class PreflightBound
{
    /// <summary>Dozens of header names; the service itself reads half a dozen.</summary>
    public const int MaxLength = 1024;

    public static IApplicationBuilder UsePreflightBound(this IApplicationBuilder app) => app.Use((context, next) =>
        Length(context.Request) > MaxLength
            ? context.WriteErrorAsync(new Failure(
                ErrorCode.ValidationFailed, $"{HeaderNames.AccessControlRequestHeaders} is longer than {MaxLength} characters."))
            : next(context));

    private static int Length(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
            ? request.Headers[HeaderNames.AccessControlRequestHeaders].Sum(names => names?.Length ?? 0)
            : 0;
}
