using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.FloorPlans;

namespace SdkChat.Api.FloorPlans;

/// <summary>The media types of floor plans, and the body of a request that stores one.</summary>
internal static class ImageBody
{
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Webp = "image/webp";

    private const int FirstBytes = 16 * 1024;

    public static IReadOnlyList<string> MediaTypes { get; } = [Png, Jpeg, Webp];

    public static string NameOf(PlanImageType type) => type switch
    {
        PlanImageType.Png => Png,
        PlanImageType.Jpeg => Jpeg,
        PlanImageType.Webp => Webp,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A floor plan has one of three types."),
    };

    /// <summary>Reads the whole body. Only its content decides what it is.</summary>
    /// <exception cref="SdkChatException">The body is too large, too slow, compressed, or of another media type.</exception>
    public static async Task<PooledBuffer> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            throw new SdkChatException(ErrorCode.UnsupportedMediaType, $"The body must be one of {string.Join(", ", MediaTypes)}.");

        ContentCoding.CheckIdentity(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        limit.CancelAfter(FloorPlanUploads.TimeLimit);
        // It grows with what has arrived: Content-Length is only what the client says.
        var body = new PooledBuffer(FirstBytes);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(body.GetMemory(), limit.Token)) > 0)
            {
                body.Advance(read);
                if (body.Written.Length > PlanImage.MaxBytes)
                    throw new SdkChatException(ErrorCode.PayloadTooLarge, $"The body is larger than {PlanImage.MaxBytes / 1024} KiB.");
            }

            return body;
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // A chunk of an invalid size, or the client has disconnected.
            body.Dispose();
            throw new SdkChatException(ErrorCode.MalformedJson, Failure.BodyCutShort, exception);
        }
        catch (OperationCanceledException exception) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            body.Dispose();
            throw new SdkChatException(
                ErrorCode.MalformedJson, $"The body took longer than {FloorPlanUploads.TimeLimit.TotalSeconds} seconds.", exception);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
