using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Refuses a body that says it is too large before any credential is looked at, also where nobody would read the
/// body. One that does not say is stopped as it is read.
/// </summary>
internal static class BodyLimit
{
    public const int Bytes = 64 * 1024;

    /// <summary>What the server stops at by itself. It counts the framing of chunks too, so it gets some room for that.</summary>
    public const int BytesWithFraming = 80 * 1024;

    /// <summary>Comes after CORS: a page whose request is refused must be able to read why.</summary>
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.ContentLength > Bytes ? context.WriteErrorAsync(ErrorCode.PayloadTooLarge) : next(context));

    /// <summary>Takes <paramref name="read"/> more bytes of a body into account.</summary>
    /// <exception cref="SdkChatException">They are too many.</exception>
    public static void Count(PooledBuffer body, int read)
    {
        body.Advance(read);
        if (body.Written.Length > Bytes)
            throw new SdkChatException(ErrorCode.PayloadTooLarge, ErrorTable.Get(ErrorCode.PayloadTooLarge).Message);
    }
}
