using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http;

/// <summary>
/// Refuses a body that says it is too large before anything else looks at the request, also where nobody would read the
/// body. One that does not say is stopped by the server's own limit as it is read.
/// </summary>
internal static class BodyLimit
{
    public const int Bytes = 64 * 1024;

    public static Task Check(HttpContext context, RequestDelegate next) =>
        context.Request.ContentLength > Bytes ? context.WriteErrorAsync(ErrorCode.PayloadTooLarge) : next(context);
}
