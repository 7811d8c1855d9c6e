using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.Formatters;
using SdkChat.Api.Http.Errors;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Reads JSON bodies in two steps, so that the two kinds of 400 cannot be confused: first whether the bytes are one well-formed value
/// without duplicate members (<c>MALFORMED_JSON</c> if not), then whether they match the call's type (<c>VALIDATION_FAILED</c>, naming the
/// member). A body is at most 64 KiB, so it is held in memory.
/// </summary>
internal sealed class JsonBodyFormatter : TextInputFormatter, IInputFormatterExceptionPolicy
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = JsonConventions.MaxDepth };

    private readonly JsonSerializerOptions _json;

    public JsonBodyFormatter(JsonSerializerOptions json)
    {
        _json = json;
        SupportedMediaTypes.Add("application/json");
        SupportedMediaTypes.Add("application/*+json");
        SupportedEncodings.Add(UTF8EncodingWithoutBOM);
    }

    /// <summary>Prevents model binding from converting the service's own exceptions into parameter errors.</summary>
    public InputFormatterExceptionPolicy ExceptionPolicy => InputFormatterExceptionPolicy.MalformedInputExceptions;

    /// <summary>An empty body is handled in the same way whether or not it was announced by its length.</summary>
    public override Task<InputFormatterResult> ReadAsync(InputFormatterContext context) => ReadRequestBodyAsync(context);

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context, Encoding encoding)
    {
        ContentCoding.CheckIdentity(context.HttpContext.Request);
        using var body = await ReadAsync(context.HttpContext.Request, context.HttpContext.RequestAborted);
        var text = WithoutMark(body.Written);
        if (text.IsEmpty && context.TreatEmptyInputAsDefaultValue)
            return await InputFormatterResult.SuccessAsync(null);

        CheckWellFormed(text);
        try
        {
            var model = JsonSerializer.Deserialize(text.Span, context.ModelType, _json);
            // Generated clients send null for an omitted body.
            if (model is not null || context.TreatEmptyInputAsDefaultValue)
                return await InputFormatterResult.SuccessAsync(model);

            context.ModelState.TryAddModelError(context.ModelName, "must not be null.");
        }
        catch (JsonException exception)
        {
            context.ModelState.TryAddModelError(Member(exception.Path), "has the wrong type, or is missing.");
        }

        return await InputFormatterResult.FailureAsync();
    }

    /// <summary>Removes a byte order mark, which only says that the text is UTF-8.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    private static void CheckWellFormed(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (!Utf8.IsValid(body.Span))
                throw new SdkChatException(ErrorCode.MalformedJson, "The body is not UTF-8.");
            using var document = JsonDocument.Parse(body, Strict);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new SdkChatException(ErrorCode.MalformedJson, Where(exception), exception);
        }
    }

    private static string Where(Exception exception) =>
        exception is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
        ? $"The body is not one well-formed JSON value: see line {line + 1}, byte {position + 1}."
        : "The body is not one well-formed JSON value without duplicate members.";

    private static string Member(string? path) =>
        path is null or "$" ? "" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static async Task<PooledBuffer> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer((int)Math.Clamp(request.ContentLength ?? 0, 256, BodyLimit.Bytes) + 1);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(body.GetMemory(), cancellationToken)) > 0)
                BodyLimit.Count(body, read);
            return body;
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // A chunk of an invalid size, or the client has disconnected.
            body.Dispose();
            throw new SdkChatException(ErrorCode.MalformedJson, Failure.BodyCutShort, exception);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
