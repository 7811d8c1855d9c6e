using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Writes the envelope of a failure: <c>{"success": false, "code", "message", "errors"?}</c> (contract, section 2). Always as JSON,
/// whatever the request accepts: otherwise a client would get no error message at all.
/// </summary>
internal static class ErrorWriter
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteErrorAsync(this HttpContext context, ErrorCode code, string? message = null) =>
        context.WriteErrorAsync(new Failure(code, message));

    /// <summary>Does nothing if the response has already started.</summary>
    public static async Task WriteErrorAsync(this HttpContext context, Failure failure)
    {
        var response = context.Response;
        if (response.HasStarted)
            return;

        var row = ErrorTable.Get(failure.Code);
        using var body = new PooledBuffer(512);
        Write(body, failure, row);

        context.RequestServices?.GetService<ErrorMetrics>()?.Answered(row);
        response.StatusCode = row.Status;
        if (row.RetryAfterSeconds is { } seconds)
            response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        await response.SendJsonAsync(body.Written);
    }

    private static void Write(PooledBuffer body, Failure failure, ErrorRow row)
    {
        using var json = new Utf8JsonWriter(body, Json);
        json.WriteStartObject();
        json.WriteBoolean("success", false);
        json.WriteString("code", row.Code);
        json.WriteString("message", failure.Message ?? row.Message);
        if (failure.Errors is { Count: > 0 } errors)
            WriteErrors(json, errors);
        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyDictionary<string, string[]> errors)
    {
        json.WriteStartObject("errors");
        foreach (var (parameter, messages) in errors)
        {
            json.WriteStartArray(parameter);
            foreach (var message in messages)
                json.WriteStringValue(message);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
