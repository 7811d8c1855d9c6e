using Microsoft.AspNetCore.Http.Features;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Refuses a body whose <c>Content-Length</c> is too large before authentication, even if no code would read the body. A body without a
/// length is stopped while it is read.
/// </summary>
internal static class BodyLimit
{
    public const int Bytes = 64 * 1024;

    /// <summary>The server's own limit. The server counts the framing of chunks too, so it is somewhat higher.</summary>
    public const int BytesWithFraming = 80 * 1024;

    /// <summary>
    /// The largest body that the server reads and discards after a refusal, for a few seconds. A larger one ends the connection, and a
    /// client that is still sending may lose the response. A photo of a phone is below it.
    /// </summary>
    public const int DiscardedBytes = 8 * 1024 * 1024;

    /// <summary>Runs after CORS: a page whose request is refused must be able to read the error.</summary>
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var most = context.GetEndpoint()?.Metadata.GetMetadata<LargeBodyAttribute>()?.Bytes ?? Bytes;
        return context.Request.ContentLength > most ? RefuseAsync(context, most) : next(context);
    });

    private static Task RefuseAsync(HttpContext context, int most)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = DiscardedBytes;
        return context.WriteErrorAsync(ErrorCode.PayloadTooLarge, $"The body is larger than {most / 1024} KiB.");
    }

    /// <summary>Adds <paramref name="read"/> bytes to the size of a body.</summary>
    /// <exception cref="SdkChatException">The body is too large.</exception>
    public static void Count(PooledBuffer body, int read)
    {
        body.Advance(read);
        if (body.Written.Length > Bytes)
            throw new SdkChatException(ErrorCode.PayloadTooLarge, ErrorTable.Get(ErrorCode.PayloadTooLarge).Message);
    }
}
